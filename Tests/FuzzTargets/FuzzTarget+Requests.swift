internal import LockstepRuntime

extension FuzzTarget {
    /// Generated decoders of unions: what is accepted is encoded, accepted again, and encoded the same.
    static let union = FuzzTarget(name: "union") { bytes in
        guard let answer = service.post("/union", bytes, as: "application/json") else { return }
        guard let again = service.post("/union", answer, as: "application/json") else {
            fail("what is encoded satisfies the schema")
        }
        if again != answer { fail("a value is encoded the same each time") }
    }

    /// `application/x-www-form-urlencoded`: a form and the JSON of what it was read as give the same value.
    static let form = FuzzTarget(name: "form") { bytes in
        guard let answer = service.post("/form", bytes, as: "application/x-www-form-urlencoded") else { return }
        if service.post("/form", answer, as: "application/json") != answer { fail("a form is read as its schema says") }
    }

    /// `multipart/form-data`: the first line is the boundary.
    static let multipart = FuzzTarget(name: "multipart") { bytes in
        let line = bytes.prefix { $0 != 0x0A }
        guard line.count <= 100, line.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return }
        let type = "multipart/form-data; boundary=\(String(decoding: line, as: UTF8.self))"
        _ = service.post("/multipart", Array(bytes.dropFirst(line.count + 1)), as: type)
    }

    /// Sequences of items: the first byte chooses their framing. What is wrong with an item is said of it, and those behind it
    /// come, so the end is reached.
    static let items = FuzzTarget(name: "items") { bytes in
        // So few that the reader waits for nobody.
        guard let choice = bytes.first, bytes.count < 512 else { return }
        let types = ["application/jsonl", "application/json-seq", "text/event-stream"]
        guard let answer = service.post("/items", Array(bytes.dropFirst()), as: types[Int(choice) % types.count]) else {
            fail("a sequence is read to its end")
        }
        let counts = String(decoding: answer, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        if counts.count != 2 || counts[0] + counts[1] > bytes.count { fail("an item has at least one byte") }
    }

    /// Every style of parameter: the first byte chooses the operation, the rest is what a client sends in its place.
    static let parameters = FuzzTarget(name: "parameters") { bytes in
        guard let choice = bytes.first else { return }
        // What the connection lets through: visible characters in the target, no controls in fields.
        let text = bytes.dropFirst().filter { $0 > 0x20 && $0 < 0x7F }
        let rest = String(decoding: text, as: UTF8.self)
        let operation = operations[Int(choice) % operations.count]
        if operation.hasPrefix("header") {
            service.get("/\(operation)", fields: zip(["X-Text", "X-List", "X-Map"], parts(rest)))
        } else if operation.hasPrefix("cookie") {
            service.get("/\(operation)", fields: zip(["Cookie"], [rest]))
        } else if operation.hasPrefix("query") {
            service.get("/\(operation)?\(rest)", fields: zip([], []))
        } else {
            service.get("/\(operation)/\(rest)", fields: zip([], []))
        }
    }

    private static let service = FuzzService()

    private static let operations = [
        "simple", "simpleExploded", "label", "labelExploded", "matrix", "matrixExploded", "queryForm",
        "queryFormExploded", "querySpaceDelimited", "queryPipeDelimited", "queryDeepObject", "queryContent", "header",
        "headerExploded", "cookie", "cookieExploded",
    ]

    /// Up to three values, with `~` between them.
    private static func parts(_ text: String) -> [String] {
        text.split(separator: "~", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    }
}
