import Foundation
import LockstepEventLoop
import LockstepRuntime
import PlatformCore
import Testing

@Suite struct MailTests {
    private func message(to: String = "ada@example.com", subject: String = "Hello") -> MailMessage {
        MailMessage(
            id: UUID(uuidString: "0B0F5C4E-5F0A-4A53-9C5C-6F6B3F6F2F10")!, from: "no-reply@example.com", to: to,
            subject: subject, text: "One\nZwei: ä", date: Timestamp(seconds: 1_795_258_391))
    }

    @Test func aMailIsWrittenAsRFC5322HasIt() throws {
        let text = String(decoding: try #require(message().encoded), as: UTF8.self)
        #expect(
            text == """
                Date: Sat, 21 Nov 2026 10:53:11 +0000\r
                From: <no-reply@example.com>\r
                To: <ada@example.com>\r
                Subject: Hello\r
                Message-ID: <0b0f5c4e-5f0a-4a53-9c5c-6f6b3f6f2f10@example.com>\r
                Auto-Submitted: auto-generated\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: 8bit\r
                \r
                One\r
                Zwei: ä\r

                """)
    }

    @Test func nothingInAnAddressOrASubjectBeginsAnotherField() {
        #expect(message(to: "ada@example.com\r\nBcc: eve@example.com").encoded == nil)
        #expect(message(subject: "Hello\nBcc: eve@example.com").encoded == nil)
    }

    @Test func aMailThatComesAgainIsOneFileThatOnlyItsOwnerReads() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)/new")
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        let pool = BlockingPool(threads: 1)
        let sink = MailFolder(folder.path(), pool: pool)
        for _ in 0..<2 { try await sink.send(message()) }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(files == ["2026-11-21T105311Z-0b0f5c4e-5f0a-4a53-9c5c-6f6b3f6f2f10.eml"])
        #expect(try LocalFile.permissions(folder.path() + "/" + files[0]) == 0o600)
        await #expect(throws: MailError.self) {
            try await MailFolder("/dev/null/mail", pool: pool).send(message())
        }
    }
}
