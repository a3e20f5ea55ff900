@testable import LockstepRuntime
import Testing

@Suite struct MultipartTests {
    private static let form = """
        preamble\r
        --b\r
        Content-Disposition: form-data; name="note"\r
        \r
        hello\r
        --b \t\r
        content-disposition: form-data; name="photo"; filename="a%22b.png"\r
        Content-Type: image/png\r
        \r
        \r
        --not a boundary\r\n\r
        --b\r
        Content-Disposition: form-data; name=empty\r
        \r
        \r
        --b--\r
        epilogue
        """

    private static func transcript(_ pieces: [[UInt8]]) throws -> [String] {
        var parser = MultipartParser(boundary: "b")
        var lines: [String] = []
        var content: [UInt8] = []
        for piece in pieces {
            for event in try parser.receive(piece) {
                switch event {
                case .part(let part):
                    lines.append("part \(part.name) \(part.filename ?? "-") \(part.contentType?.description ?? "-")")
                    content = []
                case .content(let bytes): content += bytes
                case .endOfPart: lines.append("content \(String(decoding: content, as: UTF8.self).debugDescription)")
                }
            }
        }
        try parser.finish()
        return lines
    }

    private static let expected = [
        "part note - -", #"content "hello""#, #"part photo a"b.png image/png"#,
        #"content "\r\n--not a boundary\r\n""#, "part empty - -", #"content """#,
    ]

    @Test func readsAWholeForm() throws {
        #expect(try Self.transcript([Array(Self.form.utf8)]) == Self.expected)
    }

    @Test(arguments: [1, 2, 3, 7, 16])
    func piecesOfAnySizeGiveTheSame(_ size: Int) throws {
        let bytes = Array(Self.form.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        #expect(try Self.transcript(pieces) == Self.expected)
    }

    @Test(arguments: [
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", MultipartError.truncated),
        ("", .truncated), ("--b", .truncated), ("--b\r\n\r\nx\r\n--b--", .malformed), ("--bx\r\n", .malformed),
        ("--b\r\nContent-Disposition: form-data\r\n\r\n", .malformed),
        ("--b\r\nContent-Disposition: attachment; name=a\r\n\r\n", .malformed),
        ("--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n", .malformed),
        ("--b\r\nno colon\r\n\r\n", .malformed),
        ("--b\r\nX: \(String(repeating: "x", count: 9000))", .tooLarge),
    ])
    func refusesMalformedForms(_ text: String, _ error: MultipartError) {
        #expect(throws: error) { try Self.transcript([Array(text.utf8)]) }
    }

    @Test func boundsTheNumberOfParts() {
        let part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n"
        let text = String(repeating: part, count: 257) + "--b--"
        #expect(throws: MultipartError.tooLarge) { try Self.transcript([Array(text.utf8)]) }
    }

    @Test func separatesFilesFromFields() async throws {
        let fields = [
            ParameterDefinition(
                name: "photo", location: .form, style: .form, explodes: true, isRequired: true, allowsReserved: false,
                type: .file),
            ParameterDefinition(
                name: "note", location: .form, style: .form, explodes: true, isRequired: false, allowsReserved: false,
                type: .string),
        ]
        let type = try #require(ContentType(Array("multipart/form-data; boundary=b".utf8)[...]))
        let content = ContentDefinition(mediaType: type.mediaType, validator: nil, fields: fields)
        let form = try #require(try await MultipartForm.read(.bytes(Array(Self.form.utf8)), type, content))
        #expect(form.document.value.text == #"{"note":"hello","photo":"","empty":""}"#)
        #expect(form.files.map(\.name) == ["photo"])
        #expect(form.files.first?.bytes == Array("\r\n--not a boundary\r\n".utf8))
        #expect(form.issues.isEmpty)
    }

    @Test(arguments: [1, 7, 100]) func aFormIsReadWhileItArrives(_ size: Int) async throws {
        let type = try #require(ContentType(Array("multipart/form-data; boundary=b".utf8)[...]))
        let content = ContentDefinition(mediaType: type.mediaType, validator: nil, fields: [])
        let bytes = Array(Self.form.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        let form = try #require(try await MultipartForm.read(.stream(BufferedBodySource(pieces)), type, content))
        #expect(try await MultipartForm.read(.stream(BufferedBodySource([])), type, content)?.files == nil)
        #expect(form.document.value.text == #"{"note":"hello","photo":"","empty":""}"#)
        #expect(form.files.first?.bytes == Array("\r\n--not a boundary\r\n".utf8))
        await #expect(throws: Problem.self) {
            try await MultipartForm.read(
                .stream(BufferedBodySource(Array(pieces.dropLast(100 / size + 1)))), type, content)
        }
    }

    @Test func streamsPartsWhileTheyArrive() async throws {
        let bytes = Array(Self.form.utf8)
        let source = BufferedBodySource([Array(bytes[..<40]), Array(bytes[40..<120]), Array(bytes[120...])])
        var reader = try MultipartReader(.stream(source), contentType: "multipart/form-data; boundary=b")
        var names: [String] = []
        while let event = try await reader.next() {
            if case .part(let part) = event { names.append(part.name) }
        }
        #expect(names == ["note", "photo", "empty"])
    }

    @Test(arguments: ["multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=b"])
    func needsABoundary(_ contentType: String) {
        #expect(throws: Problem.self) { try MultipartReader(.empty, contentType: contentType) }
    }
}
