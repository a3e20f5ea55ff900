import CLockstepYAML

/// libyaml's event parser over bytes that outlive it. Owns the C parser and each event until it is copied.
struct YAMLEventParser: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let scalarLimit: Int

    /// A parser of `bytes`, which must stay valid while it lives.
    init(_ bytes: UnsafeBufferPointer<UInt8>, scalarLimit: Int) throws(YAMLError) {
        parser = .allocate(capacity: 1)
        self.bytes = bytes
        self.scalarLimit = scalarLimit
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError("not enough memory to read the file", at: Mark(line: 1, column: 1))
        }
        // The parser keeps the pointer and reads from it; it neither copies nor frees the bytes.
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }  // frees the texts, which have been copied by then
        let mark = Mark(event.start_mark)
        return YAMLEvent(kind: try kind(of: event, at: mark), mark: mark)
    }

    private func kind(of event: yaml_event_t, at mark: Mark) throws(YAMLError) -> YAMLEvent.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            guard scalar.length <= scalarLimit else {
                throw YAMLError(
                    "a text of \(scalar.length) bytes is longer than the limit of \(scalarLimit)", at: mark)
            }
            return .scalar(
                YAMLEvent.Scalar(
                    text: String(
                        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
                    isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, anchor: text(scalar.anchor), tag: text(scalar.tag)
                ))
        case YAML_SEQUENCE_START_EVENT:
            return .sequenceStart(
                anchor: text(event.data.sequence_start.anchor), tag: text(event.data.sequence_start.tag))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            return .mappingStart(
                anchor: text(event.data.mapping_start.anchor), tag: text(event.data.mapping_start.tag))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return .streamEnd
        }
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    /// libyaml's complaint in words that help.
    private func failure() -> YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "unreadable text"
        if parser.pointee.error == YAML_READER_ERROR {
            return YAMLError(
                "the file is not valid text: \(problem)", at: mark(ofOffset: parser.pointee.problem_offset),
                hint: "save it as UTF-8")
        }
        let place = parser.pointee.problem_mark
        var message = "not valid YAML: \(problem)"
        if let context = parser.pointee.context.map({ String(cString: $0) }) {
            message += " \(context)"
            let start = parser.pointee.context_mark
            if start.line != place.line, context.hasPrefix("while") {
                message += " that began in line \(start.line + 1)"
            }
        }
        return YAMLError(message, at: Mark(place), hint: hint(for: problem, at: place.index))
    }

    private func hint(for problem: String, at index: Int) -> String? {
        if problem.contains("tab") || byte(atCodePoint: index) == UInt8(ascii: "\t") {
            return "YAML is indented with spaces, never with tabs"
        }
        switch problem {
        case "mapping values are not allowed in this context":
            return "put text that contains ': ' in quotes, and check the indentation"
        case "found character that cannot start any token":
            return "put text that begins with @, ` or % in quotes"
        case "found unexpected end of stream":
            return "a quote or bracket is not closed"
        case let text where text.hasPrefix("did not find expected") || text.hasPrefix("could not find expected"):
            return "check the indentation and the brackets around this place"
        case let text where text.contains("Unicode character escape"):
            return "write the character itself, or \\U and eight hexadecimal digits"
        default: return nil
        }
    }

    private func byte(atCodePoint index: Int) -> UInt8? {
        var seen = 0
        for byte in bytes where byte & 0xC0 != 0x80 {
            if seen == index { return byte }
            seen += 1
        }
        return nil
    }

    private func mark(ofOffset offset: Int) -> Mark {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return Mark(line: line, column: column)
    }
}

extension Mark {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
