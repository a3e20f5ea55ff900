import LockstepRuntime

/// A message with line breaks, quotation marks and letters that came as escapes.
struct Message: JSONCoded, Codable {
    var author: String
    var text: String

    init(_ json: ValidJSON) {
        author = json[0].string
        text = json[1].string
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("author", author)
        json.field("text", text)
        json.endObject()
    }

    static let shape: Shape = .object([
        ShapeProperty("author", .scalar(.string), isRequired: true),
        ShapeProperty("text", .scalar(.string), isRequired: true),
    ])
}

/// Texts of more kinds than the one payment.
enum Payloads {
    /// About a megabyte of payments.
    static func payments(_ payment: String) -> String {
        let count = 1_000_000 / payment.utf8.count
        return "[\(Array(repeating: payment, count: count).joined(separator: ","))]"
    }

    /// Conditions inside conditions, two at every level.
    static func filter(depth: Int) -> String {
        if depth == 0 { return #"{"kind":"field","name":"amount","least":250}"# }
        let inner = filter(depth: depth - 1)
        return #"{"kind":"all","of":[\#(inner),{"kind":"field","name":"createdAt","least":12}]}"#
    }

    static let messages: String = {
        let message =
            #"{"author":"Zo\u00eb \"Z\" M\u00fcller","text":"First line\nSecond line:\t\"quoted\" \\ \/ and \ud83d\ude00\r\n"}"#
        return "[\(Array(repeating: message, count: 100).joined(separator: ","))]"
    }()
}
