public import LockstepEventLoop
public import PlatformCore

/// Makes and checks password hashes on threads of their own, so that a flood of logins slows no other request.
public struct PasswordHasher: Sendable {
    private let pool: BlockingPool
    private let cost: Int
    private let pepper: Secret
    private let dummySalt: [UInt8]

    /// Hashes at `cost`, keyed with `pepper`, on the threads of `pool`.
    public init(pool: BlockingPool, cost: Int, pepper: Secret) {
        self.pool = pool
        self.cost = cost
        self.pepper = pepper
        dummySalt = SecureRandom.bytes(16)
    }

    /// What a check found.
    public struct Verdict: Sendable, Equatable {
        /// Whether the password is the right one.
        public let isRight: Bool
        /// A new hash to store, where the old one is below today's policy.
        public let replacement: String?

        /// A verdict of these parts.
        public init(isRight: Bool, replacement: String?) {
            self.isRight = isRight
            self.replacement = replacement
        }
    }

    /// The hash to store for a new password.
    public func hash(_ password: String) async throws -> String {
        try await pool.run { try make(password) }
    }

    /// Checks `password`. A wrong password, an account without one (`stored` is nil) and an unknown account all cost
    /// the same work, whatever the stored hash costs: 2^c + 2^c + 2^(c+1) + … = 2^policy.
    public func verify(_ password: String, against stored: String?) async throws -> Verdict {
        try await pool.run {
            guard let hash = stored.flatMap({ PasswordHash($0) }) else {
                try burn(password, costs: [cost])
                return Verdict(isRight: false, replacement: nil)
            }
            if try matches(password, hash) {
                let isCurrent = hash.isKeyed && hash.cost >= cost
                return Verdict(isRight: true, replacement: isCurrent ? nil : try make(password))
            }
            if hash.cost < cost { try burn(password, costs: Array(hash.cost..<cost)) }
            return Verdict(isRight: false, replacement: nil)
        }
    }

    private func make(_ password: String) throws -> String {
        let setting = try Bcrypt.setting(cost: cost, salt: SecureRandom.bytes(16))
        return PasswordHash.stored(try Bcrypt.hash(digest(password), setting: setting))
    }

    private func matches(_ password: String, _ hash: PasswordHash) throws -> Bool {
        let plain = Array(password.utf8)
        // What bcrypt would not see in full is not compared: two passwords that begin alike are not the same.
        let isComparable = hash.isKeyed || (plain.count <= 72 && !plain.contains(0))
        let found = try Bcrypt.hash(hash.isKeyed || !isComparable ? digest(password) : plain, setting: hash.bcrypt)
        return Digest.isEqual(Array(found.utf8), Array(hash.bcrypt.utf8)) && isComparable
    }

    private func burn(_ password: String, costs: [Int]) throws {
        for cost in costs {
            _ = try Bcrypt.hash(digest(password), setting: try Bcrypt.setting(cost: cost, salt: dummySalt))
        }
    }

    /// 64 characters without a zero byte, whatever the password is.
    private func digest(_ password: String) -> [UInt8] {
        Base64URL.encodedBytes(Digest.hmacSHA384(Array(password.utf8), key: pepper.bytes))
    }
}
