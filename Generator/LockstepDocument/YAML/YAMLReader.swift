/// Reads a YAML or JSON file into a tree in which every value knows its place.
///
/// YAML 1.2's core schema with merge keys; JSON is YAML. Aliases become copies, bounded in number. What can be read past is
/// collected (duplicate keys, unknown tags); the first error of syntax ends the reading.
struct YAMLReader {
    /// What a file gave: a tree unless the syntax is wrong, and what was found on the way.
    struct Result {
        var root: Node?
        var diagnostics: [Diagnostic]
    }

    private let file: String
    private let limits: YAMLLimits
    private var diagnostics: [Diagnostic] = []
    private var suppressed = 0
    private var anchors: [String: Anchored] = [:]
    private var path: [String] = []
    private var nodeCount = 0
    private var copiedCount = 0

    private enum Anchored {
        case open
        case complete(Node, count: Int)
    }

    private init(file: String, limits: YAMLLimits) {
        self.file = file
        self.limits = limits
    }

    /// Reads the bytes of `file`.
    static func read(_ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()) -> Result {
        var reader = YAMLReader(file: file, limits: limits)
        do throws(YAMLError) {
            guard bytes.count <= limits.bytes else {
                throw YAMLError(
                    "the file has \(bytes.count) bytes, more than the limit of \(limits.bytes)",
                    at: Mark(line: 1, column: 1))
            }
            let root = try reader.readStream(JSONSurrogates.replacingPairs(in: bytes))
            return Result(root: root, diagnostics: reader.diagnostics)
        } catch {
            // Whoever writes JSON does not know that it is read as YAML.
            let message =
                file.hasSuffix(".json")
                ? error.message.replacing("not valid YAML", with: "not valid JSON") : error.message
            reader.diagnostics.append(Diagnostic(.error, message, at: reader.origin(error.mark), hint: error.hint))
            return Result(root: nil, diagnostics: reader.diagnostics)
        }
    }

    // MARK: Structure

    private mutating func readStream(_ bytes: [UInt8]) throws(YAMLError) -> Node {
        // A closure over a typed throw does not infer its error type, so the outcome travels as a value.
        let outcome = bytes.withUnsafeBufferPointer { buffer -> Swift.Result<Node, YAMLError> in
            do throws(YAMLError) {
                var parser = try YAMLEventParser(buffer, scalarLimit: limits.scalarBytes)
                return .success(try readDocument(&parser))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private mutating func readDocument(_ parser: inout YAMLEventParser) throws(YAMLError) -> Node {
        _ = try parser.next()  // stream start
        let start = try parser.next()
        guard case .documentStart = start.kind else { throw YAMLError("the file is empty", at: start.mark) }
        let first = try parser.next()
        let root = try readNode(first, &parser, depth: 1)
        _ = try parser.next()  // document end
        let next = try parser.next()
        guard case .streamEnd = next.kind else {
            throw YAMLError(
                "the file holds more than one YAML document", at: next.mark,
                hint: "one file is one document: move what follows '---' to a file of its own")
        }
        return root
    }

    private mutating func readNode(
        _ event: YAMLEvent, _ parser: inout YAMLEventParser, depth: Int
    ) throws(YAMLError) -> Node {
        guard depth <= limits.depth else {
            throw YAMLError("nested more than \(limits.depth) levels deep", at: event.mark)
        }
        nodeCount += 1
        guard nodeCount <= limits.nodes else {
            throw YAMLError("more than \(limits.nodes) values in one file", at: event.mark)
        }
        let before = nodeCount
        switch event.kind {
        case .alias(let name): return try expand(name, at: event.mark, depth: depth)
        case .scalar(let scalar):
            let node = Node(content(of: scalar, at: event.mark), mark: event.mark)
            define(scalar.anchor, as: node, count: 1)
            return node
        case .sequenceStart(let anchor, let tag):
            checkCollectionTag(tag, allowed: ["seq", "omap", "pairs"], at: event.mark)
            open(anchor)
            let node = Node(.sequence(try readItems(&parser, depth: depth)), mark: event.mark)
            define(anchor, as: node, count: nodeCount - before + 1)
            return node
        case .mappingStart(let anchor, let tag):
            checkCollectionTag(tag, allowed: ["map", "set"], at: event.mark)
            open(anchor)
            let node = Node(.mapping(try readMembers(&parser, depth: depth)), mark: event.mark)
            define(anchor, as: node, count: nodeCount - before + 1)
            return node
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            throw YAMLError("a value is missing", at: event.mark)
        }
    }

    private mutating func readItems(_ parser: inout YAMLEventParser, depth: Int) throws(YAMLError) -> [Node] {
        var items: [Node] = []
        while true {
            let event = try parser.next()
            if case .sequenceEnd = event.kind { return items }
            path.append(String(items.count))
            items.append(try readNode(event, &parser, depth: depth + 1))
            path.removeLast()
        }
    }

    private mutating func readMembers(_ parser: inout YAMLEventParser, depth: Int) throws(YAMLError) -> Mapping {
        var members = Mapping()
        var merged: [(Node, Mark)] = []
        while true {
            let event = try parser.next()
            let key: YAMLEvent.Scalar
            switch event.kind {
            case .mappingEnd:
                for (source, mark) in merged { merge(source, into: &members, at: mark) }
                return members
            case .scalar(let scalar): key = scalar
            case .alias(let name):
                key = YAMLEvent.Scalar(text: try keyText(ofAlias: name, at: event.mark), isPlain: false)
            default:
                throw YAMLError("a key must be text", at: event.mark, hint: "arrays and objects cannot be keys here")
            }
            path.append(key.text)
            let value = try readNode(try parser.next(), &parser, depth: depth + 1)
            value.keyMark = event.mark
            if key.isPlain, key.text == "<<" {
                merged.append((value, event.mark))
            } else if let first = members[key.text] {
                let place = first.keyMark ?? first.mark
                report(
                    .error, "duplicate key '\(key.text)', first in line \(place.line), column \(place.column)",
                    at: event.mark, hint: "remove or rename one of them")
            } else {
                if key.anchor != nil { define(key.anchor, as: Node(.string(key.text), mark: event.mark), count: 1) }
                members[key.text] = value
            }
            path.removeLast()
        }
    }

    // MARK: Scalars

    private mutating func content(of scalar: YAMLEvent.Scalar, at mark: Mark) -> Node.Content {
        guard let tag = scalar.tag else { return scalar.isPlain ? YAMLScalar.plain(scalar.text) : .string(scalar.text) }
        if let content = YAMLScalar.tagged(scalar.text, tag: tag) { return content }
        report(
            .error, "the tag '\(Self.short(tag))' is not supported here", at: mark,
            hint: tag.contains("include") ? "refer to another file with $ref" : "remove the tag, or quote the text")
        return .string(scalar.text)
    }

    private mutating func checkCollectionTag(_ tag: String?, allowed: [String], at mark: Mark) {
        guard let tag, tag != "!", !allowed.contains(where: { tag == "tag:yaml.org,2002:\($0)" }) else { return }
        report(.error, "the tag '\(Self.short(tag))' is not supported here", at: mark, hint: "remove the tag")
    }

    private static func short(_ tag: String) -> String {
        let standard = "tag:yaml.org,2002:"
        return tag.hasPrefix(standard) ? "!!" + tag.dropFirst(standard.count) : tag
    }

    // MARK: Anchors and merge keys

    private mutating func open(_ anchor: String?) {
        if let anchor { anchors[anchor] = .open }
    }

    private mutating func define(_ anchor: String?, as node: Node, count: Int) {
        if let anchor { anchors[anchor] = .complete(node, count: count) }
    }

    private mutating func expand(_ name: String, at mark: Mark, depth: Int) throws(YAMLError) -> Node {
        switch anchors[name] {
        case nil:
            throw YAMLError(
                "the alias '*\(name)' has no anchor", at: mark, hint: "define '&\(name)' before it, or quote the text")
        case .open:
            throw YAMLError("the alias '*\(name)' stands inside what it refers to", at: mark)
        case .complete(let node, let count):
            try chargeCopy(of: count, at: mark)
            guard depth + Self.depth(of: node, limit: limits.depth) <= limits.depth else {
                throw YAMLError("aliases nest more than \(limits.depth) levels deep", at: mark)
            }
            return node.copy()
        }
    }

    private mutating func chargeCopy(of count: Int, at mark: Mark) throws(YAMLError) {
        nodeCount += count
        copiedCount += count
        guard copiedCount <= limits.copiedNodes else {
            throw YAMLError(
                "aliases expand to more than \(limits.copiedNodes) values", at: mark,
                hint: "refer to components with $ref in place of aliases")
        }
    }

    private static func depth(of node: Node, limit: Int) -> Int {
        guard limit > 0 else { return 1 }
        switch node.content {
        case .null, .bool, .number, .string: return 1
        case .sequence(let items): return 1 + (items.map { depth(of: $0, limit: limit - 1) }.max() ?? 0)
        case .mapping(let members):
            return 1 + (members.entries.map { depth(of: $0.value, limit: limit - 1) }.max() ?? 0)
        }
    }

    private func keyText(ofAlias name: String, at mark: Mark) throws(YAMLError) -> String {
        guard case .complete(let node, _) = anchors[name], let text = node.scalarText else {
            throw YAMLError("a key must be text, and the alias '*\(name)' is not", at: mark)
        }
        return text
    }

    private mutating func merge(_ source: Node, into members: inout Mapping, at mark: Mark) {
        let sources = source.items ?? [source]
        for item in sources {
            guard let mapping = item.mapping else {
                report(.error, "'<<' merges objects, and this is \(item.typeName)", at: mark)
                continue
            }
            for entry in mapping.entries where members[entry.key] == nil { members[entry.key] = entry.value }
        }
    }

    // MARK: Reporting

    private func origin(_ mark: Mark) -> Origin {
        Origin(file: file, pointer: JSONPointer.render(path), line: Int(mark.line), column: Int(mark.column))
    }

    private mutating func report(_ severity: Diagnostic.Severity, _ message: String, at mark: Mark, hint: String? = nil)
    {
        guard diagnostics.count < limits.diagnostics else { return }
        diagnostics.append(Diagnostic(severity, message, at: origin(mark), hint: hint))
    }
}
