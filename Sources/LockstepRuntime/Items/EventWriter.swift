import LockstepJSON

/// Writes an event's object as the lines of a `text/event-stream`.
enum EventWriter {
    /// Why an event cannot be written.
    enum Fault: String, Error {
        /// It is no object.
        case notAnObject = "an event is an object"
        /// The kind of event or its id has a line break, which would end the field and begin another, or a NUL.
        case notOneLine = "an event's kind and id are one line"
        /// `retry` is something else.
        case notANumber = "'retry' is a whole number, zero or more"
    }

    /// A comment, which readers pass over.
    static let comment = Array(":\n\n".utf8)

    static func lines(of event: JSONNode, _ data: ItemFraming.EventData) throws(Fault) -> [UInt8] {
        guard event.kind == .object else { throw .notAnObject }
        var fields: (event: JSONNode?, id: JSONNode?, retry: JSONNode?, data: JSONNode?)
        for (key, value) in event.members {
            switch key {
            case "event": fields.event = value
            case "id": fields.id = value
            case "retry": fields.retry = value
            case "data": fields.data = value
            default: break
            }
        }
        var output: [UInt8] = []
        if let kind = try line(fields.event) { append("event", kind.utf8, to: &output) }
        if let id = try line(fields.id) { append("id", id.utf8, to: &output) }
        if let retry = fields.retry, retry.kind != .null {
            guard let text = retry.numberText, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw .notANumber
            }
            append("retry", text.utf8, to: &output)
        }
        if let value = fields.data {
            if data != .json, value.kind == .string {
                appendData(Array((value.string ?? "").utf8), to: &output)
            } else if data == .json || value.kind != .null {
                append("data", value.value.text.utf8, to: &output)
            }
        }
        output.append(0x0A)
        return output
    }

    /// The lines of an event that is this text and nothing else.
    static func lines(ofText text: String) -> [UInt8] {
        var output: [UInt8] = []
        appendData(Array(text.utf8), to: &output)
        output.append(0x0A)
        return output
    }

    /// A text without line breaks.
    private static func line(_ node: JSONNode?) throws(Fault) -> String? {
        guard let node, node.kind != .null else { return nil }
        let text = node.string ?? node.value.text
        guard !text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else { throw .notOneLine }
        return text
    }

    private static func append(_ name: String, _ value: some Sequence<UInt8>, to output: inout [UInt8]) {
        output.append(contentsOf: name.utf8)
        output.append(contentsOf: [0x3A, 0x20])
        output.append(contentsOf: value)
        output.append(0x0A)
    }

    /// One `data` line a line of text; CRLF, CR and LF all end one.
    private static func appendData(_ text: [UInt8], to output: inout [UInt8]) {
        var start = 0
        var index = 0
        while index < text.count {
            if text[index] == 0x0A || text[index] == 0x0D {
                append("data", text[start..<index], to: &output)
                if text[index] == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A { index += 1 }
                start = index + 1
            }
            index += 1
        }
        append("data", text[start...], to: &output)
    }
}
