import LockstepJSON

/// Compiles one schema object into a node and its parts.
struct NodeCompiler {
    let builder: ProgramBuilder
    let key: ProgramBuilder.Key
    let keywords: [String: JSONValue]
    /// False when the schema's dialect leaves the validation vocabulary out.
    let assertsValidation: Bool
    let assertsFormats: Bool
    /// What the node records, and where it finds it.
    let plan: ShapePlan

    var location: SchemaLocation { key.location }

    mutating func node() -> Assembler.Part {
        var part = Assembler.Part(words: [Int32](repeating: 0, count: Layout.Node.size))
        var kinds = assertsValidation ? types() : Layout.Node.allKinds
        if keywords["unevaluatedProperties"] != nil || keywords["unevaluatedItems"] != nil {
            kinds |= Layout.Node.unevaluated
        }
        part.words[Layout.Node.kinds] = kinds
        if assertsValidation || assertsFormats {
            part.words[Layout.Node.string] = Int32(stringPart())
            part.words[Layout.Node.number] = Int32(numberPart())
        }
        part.words[Layout.Node.object] = Int32(objectPart())
        part.words[Layout.Node.array] = Int32(arrayPart())
        part.words[Layout.Node.general] = Int32(generalPart())
        part.words[Layout.Node.record] = Int32(recordPart())
        if part.words[Layout.Node.general] == 0, part.words[Layout.Node.record] == 0,
            kinds & Layout.Node.unevaluated == 0
        {
            part.words[Layout.Node.kinds] |= Layout.Node.isSimple
        }
        part.words[Layout.Node.kinds] |= shortWay(part)
        return part
    }

    /// The mark of a node with one step of the general part alone, for which the interpreter has a shorter way.
    private func shortWay(_ node: Assembler.Part) -> Int32 {
        let words = builder.assembler.words
        let kinds = node.words[Layout.Node.kinds]
        let general = Int(node.words[Layout.Node.general])
        let record = Int(node.words[Layout.Node.record])
        guard kinds & Layout.Node.unevaluated == 0, general != 0, words[general] == 1 else { return 0 }
        switch Layout.Step(rawValue: words[general + 1]) {
        case .constant, .enumeration:
            let recordsIt =
                record != 0 && words[record] == Layout.Record.enumeration.rawValue
                && words[record + Layout.Record.body] == words[general + 2]
            guard kinds & Layout.Node.string0 != 0, node.words[Layout.Node.string] == 0, record == 0 || recordsIt
            else { return 0 }
            return Layout.Node.isChoice
        case .oneOf, .anyOf:
            guard node.words[Layout.Node.object] == 0,
                record == 0 || words[record] == Layout.Record.inner.rawValue
            else { return 0 }
            return Layout.Node.isUnion
        default: return 0
        }
    }

    // MARK: Reading keywords

    /// A keyword of the validation vocabulary.
    func assertion(_ keyword: String) -> JSONValue? { assertsValidation ? keywords[keyword] : nil }

    func report(_ keyword: String, _ message: String) { builder.report(location.child(keyword), message) }

    /// A count such as `minLength`; nil when missing, with a diagnostic when it is none.
    func count(_ keyword: String) -> Int? {
        guard let value = assertion(keyword) else { return nil }
        if let count = value.int, count >= 0 { return min(count, Int(Int32.max)) }
        if case .number(let text) = value, Number.with(text, { $0.isInteger && !$0.isNegative }) {
            return Int(Int32.max)
        }
        report(keyword, "must be an integer of 0 or more")
        return nil
    }

    func strings(_ value: JSONValue, _ keyword: String) -> [String] {
        guard let elements = value.array else {
            report(keyword, "must be an array of strings")
            return []
        }
        return elements.compactMap {
            if let text = $0.string { return text }
            report(keyword, "must be an array of strings")
            return nil
        }
    }

    /// The label of the subschema of a keyword.
    func child(_ keyword: String, _ shape: Shape = .any) -> Int? {
        keywords[keyword] == nil ? nil : builder.label(location.child(keyword), key.direction, shape)
    }

    func members(_ keyword: String) -> [JSONMember] {
        guard let value = keywords[keyword] else { return [] }
        guard let members = value.object else {
            report(keyword, "must be an object")
            return []
        }
        return members
    }

    /// The number of subschemas of a keyword that holds an array.
    func branchCount(_ keyword: String) -> Int {
        guard let value = keywords[keyword] else { return 0 }
        guard let elements = value.array, !elements.isEmpty else {
            report(keyword, "must be an array of at least one schema")
            return 0
        }
        return elements.count
    }

    // MARK: Scalars

    private func types() -> Int32 {
        guard let type = keywords["type"] else { return Layout.Node.allKinds }
        var kinds: Int32 = 0
        for name in type.array ?? [type] {
            switch name.string {
            case "null": kinds |= Layout.Node.null
            case "boolean": kinds |= Layout.Node.bool
            case "integer": kinds |= Layout.Node.integer
            case "number": kinds |= Layout.Node.number0
            case "string": kinds |= Layout.Node.string0
            case "array": kinds |= Layout.Node.array0
            case "object": kinds |= Layout.Node.object0
            default:
                report("type", "must be null, boolean, integer, number, string, array, object, or an array of these")
                return Layout.Node.allKinds
            }
        }
        return kinds
    }

    private func format() -> Format? {
        guard assertsFormats, let name = keywords["format"]?.string else { return nil }
        return Format(name: name)
    }

    private mutating func stringPart() -> Int {
        let minimum = count("minLength")
        let maximum = count("maxLength")
        let format = format().flatMap { $0.appliesToStrings ? $0 : nil }
        var pattern: Int?
        if let value = assertion("pattern") { pattern = patternIndex(value, at: location.child("pattern")) }
        guard minimum != nil || maximum != nil || pattern != nil || format != nil else { return 0 }
        var part = Assembler.Part()
        part.append(minimum ?? 0)
        part.append(maximum ?? -1)
        part.append(pattern ?? -1)
        part.append(format.map { Int($0.rawValue) } ?? 0)
        return builder.assembler.add(part)
    }

    /// The index of an ECMA-262 pattern, nil with a diagnostic when it is none that can be run.
    func patternIndex(_ value: JSONValue, at place: SchemaLocation) -> Int? {
        guard let source = value.string else {
            builder.report(place, "must be a string")
            return nil
        }
        switch builder.reading(of: source) {
        case .success(let reading):
            if let note = reading.note { builder.warn(place, note) }
            return builder.assembler.pattern(reading.pattern, source: source)
        case .failure(let error):
            builder.report(place, Self.message(error, source))
            return nil
        }
    }

    /// What is wrong with a pattern and where: `the pattern '^[a-z' cannot be run: a character class without its ], at
    /// character 2: '[a-z'`.
    private static func message(_ error: PatternError, _ source: String) -> String {
        let shown = source.unicodeScalars.count <= 60 ? " '\(source)'" : ""
        let fault = "the pattern\(shown) cannot be run: \(error.reason)"
        guard let offset = error.offset else { return fault }
        let rest = source.unicodeScalars.dropFirst(offset)
        if rest.isEmpty { return "\(fault), at its end" }
        let part = String(rest.prefix(12))
        return "\(fault), at character \(offset + 1): '\(part)\(rest.count > 12 ? "…" : "")'"
    }

    private mutating func numberPart() -> Int {
        var part = Assembler.Part(words: [Int32](repeating: 0, count: Layout.NumberPart.size))
        for (keyword, position) in [
            ("minimum", Layout.NumberPart.minimum), ("maximum", Layout.NumberPart.maximum),
            ("exclusiveMinimum", Layout.NumberPart.exclusiveMinimum),
            ("exclusiveMaximum", Layout.NumberPart.exclusiveMaximum), ("multipleOf", Layout.NumberPart.multipleOf),
        ] {
            guard let value = assertion(keyword) else { continue }
            guard case .number(let text) = value else {
                report(keyword, "must be a number")
                continue
            }
            if keyword == "multipleOf" {
                guard let unit = Decimal(text), unit > 0 else {
                    report(keyword, "must be a number above 0 of at most 38 digits")
                    continue
                }
            }
            part.words[position] = Int32(builder.assembler.number(text))
        }
        if let format = format(), format.appliesToNumbers {
            part.words[Layout.NumberPart.format] = format.rawValue
        }
        return part.words.contains { $0 != 0 } ? builder.assembler.add(part) : 0
    }
}
