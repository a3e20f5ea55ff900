internal import LockstepJSON

extension FuzzTarget {
    /// The JSON parser and writer: what is read is written, and reads back the same.
    static let json = FuzzTarget(name: "json") { bytes in
        guard let document = try? JSONDocument.parse(bytes) else { return }
        let value = document.value
        guard let again = try? JSONDocument.parse(value.text) else { fail("what the writer writes is JSON") }
        if again.value != value { fail("a value that is written reads back the same") }
        if JSONDocument(value).value != value { fail("a document that is built from a value holds it") }
    }
}
