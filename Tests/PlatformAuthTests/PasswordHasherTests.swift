import Glibc
import LockstepEventLoop
import PlatformAuth
import PlatformCore
import Testing

@Suite struct PasswordHasherTests {
    private func hasher(cost: Int = 4) -> PasswordHasher {
        PasswordHasher(
            pool: BlockingPool(threads: 1, queueLimit: 16), cost: cost,
            pepper: Secret("pepper of this test, 32 bytes..."))
    }

    @Test func acceptsTheRightPasswordOnly() async throws {
        let hasher = hasher()
        let stored = try await hasher.hash("correct horse")
        #expect(stored.hasPrefix("$2b$04$"))
        #expect(try await hasher.verify("correct horse", against: stored) == .init(isRight: true, replacement: nil))
        #expect(try await hasher.verify("correct horsE", against: stored).isRight == false)
        #expect(try await hasher.verify("", against: stored).isRight == false)
        #expect(try await hasher.hash("correct horse") != stored)
    }

    /// bcrypt alone stops at 72 bytes.
    @Test func everyByteOfALongPasswordCounts() async throws {
        let hasher = hasher()
        let base = String(repeating: "a", count: 74)
        let stored = try await hasher.hash(base + "bccccc")
        #expect(try await hasher.verify(base + "bccccc", against: stored).isRight)
        #expect(try await hasher.verify(base + "dccccc", against: stored).isRight == false)
        let emoji = String(repeating: "🙂", count: 64)
        #expect(try await hasher.verify(emoji, against: try await hasher.hash(emoji)).isRight)
    }

    /// `$2b$10$` of another system, here made at cost 4 by htpasswd -nbB, logs in and is rewritten.
    @Test func anotherSystemsHashIsAcceptedAndReplaced() async throws {
        let hasher = hasher(cost: 5)
        // python: bcrypt.hashpw(b"U*U", b"$2a$05$CCCCCCCCCCCCCCCCCCCCC."), a published test vector
        let foreign = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
        let verdict = try await hasher.verify("U*U", against: foreign)
        #expect(verdict.isRight)
        let replacement = try #require(verdict.replacement)
        #expect(replacement.hasPrefix("$2b$05$"))
        #expect(try await hasher.verify("U*U", against: replacement) == .init(isRight: true, replacement: nil))
        #expect(try await hasher.verify("U*V", against: foreign) == .init(isRight: false, replacement: nil))
    }

    @Test func aCheaperHashIsReplaced() async throws {
        let cheap = try await hasher(cost: 4).hash("password of mine")
        let verdict = try await hasher(cost: 6).verify("password of mine", against: cheap)
        #expect(verdict.isRight && verdict.replacement?.hasPrefix("$2b$06$") == true)
    }

    @Test func anUnknownAccountIsWrong() async throws {
        #expect(try await hasher().verify("anything", against: nil) == .init(isRight: false, replacement: nil))
        #expect(try await hasher().verify("anything", against: "not a hash").isRight == false)
    }
}

extension PasswordHasherTests {
    /// D-A08: whoever measures the answer learns neither whether there is an account nor how its password is stored. What is
    /// compared is the CPU time of the one thread that hashes, which other work on the machine does not change much,
    /// and of several tries the fastest.
    @Test func everyKindOfFailureTakesTheSameTime() async throws {
        let pool = BlockingPool(threads: 1, queueLimit: 16)
        let hasher = PasswordHasher(pool: pool, cost: 7, pepper: Secret("pepper of this test, 32 bytes..."))
        let stored: [String?] = [
            try await hasher.hash("the password"), nil, "not a hash",
            try await self.hasher(cost: 4).hash("the password"),
            "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        ]
        var fastest = [Int](repeating: .max, count: stored.count)
        for _ in 0..<12 {
            for (index, hash) in stored.enumerated() {
                let start = try await pool.run { threadTime() }
                let verdict = try await hasher.verify(index == 1 ? "" : "a wrong password", against: hash)
                fastest[index] = min(fastest[index], try await pool.run { threadTime() } - start)
                #expect(!verdict.isRight)
            }
        }
        let slow = try #require(fastest.max())
        let quick = try #require(fastest.min())
        #expect(Double(slow) / Double(quick) < 1.25, "\(fastest)")
    }
}

/// Nanoseconds that this thread has had a processor.
private func threadTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
