/// How much room values take where they are stored, and what is stored behind a reference because of it.
///
/// Swift writes code for copying, assigning and destroying each structure, field by field and through everything that lies
/// inside it, in every file that handles it. Where wide structures lie inside wide structures, that code is most of what the
/// compiler has to do (docs/decisions/0013-compile-time.md), and moving such values around costs the program time too.
struct Width {
    /// A structure or union of more words than this is stored behind a reference by what contains it.
    static let limit = 12

    private var declarations: [String: Declaration.Kind] = [:]
    private var aliases: [String: SwiftType]
    private var widths: [String: Int] = [:]
    private var open: Set<String> = []

    /// Marks the properties and cases of types and operations that are stored behind a reference.
    static func bound(
        _ declarations: inout [Declaration], _ shared: inout [Declaration], _ operations: inout [OperationPlan],
        _ aliases: [String: SwiftType]
    ) {
        var width = Width(aliases: aliases)
        for declaration in declarations + shared { width.add(declaration) }
        for operation in operations {
            for declaration in operation.allNested { width.add(declaration) }
        }
        for index in declarations.indices { width.mark(&declarations[index]) }
        for index in shared.indices { width.mark(&shared[index]) }
        for index in operations.indices { width.mark(&operations[index]) }
    }

    private init(aliases: [String: SwiftType]) {
        self.aliases = aliases
    }

    private mutating func add(_ declaration: Declaration) {
        declarations[declaration.path] = declaration.kind
        for nested in declaration.nested { add(nested) }
    }

    // MARK: Marking

    private mutating func mark(_ declaration: inout Declaration) {
        switch declaration.kind {
        case .structure(var fields, let additional):
            mark(&fields)
            declaration.kind = .structure(fields, additional: additional)
        case .union(var cases, let isIndirect):
            for index in cases.indices where !isIndirect {
                cases[index].isIndirect = cases[index].payload.map { isWide($0) } ?? false
            }
            declaration.kind = .union(cases, isIndirect: isIndirect)
        case .enumeration, .alias, .wrapper: break
        }
        for index in declaration.nested.indices { mark(&declaration.nested[index]) }
    }

    private mutating func mark(_ operation: inout OperationPlan) {
        mark(&operation.parameters)
        for index in operation.nested.indices { mark(&operation.nested[index]) }
        for index in operation.outcomes.indices { mark(&operation.outcomes[index]) }
        guard var body = operation.body else { return }
        for index in body.contents.indices {
            switch body.contents[index].decoding {
            case .value(let type): body.contents[index].isIndirect = isWide(type)
            case .multipart(var form):
                var fields = form.fields.map(\.field)
                mark(&fields)
                for (field, marked) in zip(form.fields.indices, fields)
                where form.fields[field].file == .none && form.fields[field].part == nil {
                    form.fields[field].field.isBoxed = marked.isBoxed
                }
                for nested in form.nested.indices { mark(&form.nested[nested]) }
                body.contents[index].decoding = .multipart(form)
                body.contents[index].isIndirect = form.fields.reduce(0) { $0 + width(of: $1.field) } > Self.limit
            case .text, .raw, .bytes, .items: break
            }
        }
        body.isBoxed = body.enumeration == nil && body.contents.contains(where: \.isIndirect)
        operation.body = body
    }

    private mutating func mark(_ outcome: inout Outcome) {
        var words = outcome.headers.reduce(0) { $0 + width(of: $1.type) }
        if case .value(let type)? = outcome.content?.encoding { words += width(of: type) }
        outcome.isIndirect = words > Self.limit
    }

    private mutating func mark(_ fields: inout [Field]) {
        for index in fields.indices where fields[index].constant == nil && isWide(fields[index].type) {
            fields[index].isBoxed = true
        }
    }

    // MARK: Measuring

    /// Only what is declared is stored behind a reference: everything else is narrow by itself.
    private mutating func isWide(_ type: SwiftType) -> Bool { width(of: type) > Self.limit }

    /// The words that a value takes, roughly: tags and padding are not counted.
    private mutating func width(of type: SwiftType) -> Int {
        switch type {
        case .scalar(let scalar): Self.width(of: scalar)
        case .array, .dictionary: 1
        case .optional(let wrapped), .presence(let wrapped): width(of: wrapped)
        case .named(let name): width(ofNamed: name)
        }
    }

    private mutating func width(of field: Field) -> Int {
        if field.constant != nil { return 0 }
        let words = width(of: field.type)
        return field.isBoxed || words > Self.limit ? 1 : words
    }

    private mutating func width(ofNamed name: String) -> Int {
        if let alias = aliases[name] { return width(of: alias) }
        if let known = widths[name] { return known }
        // What contains itself is behind a reference already.
        guard let kind = declarations[name], open.insert(name).inserted else { return 1 }
        defer { open.remove(name) }
        var words = 1
        switch kind {
        case .structure(let fields, let additional):
            words = fields.reduce(additional == nil ? 0 : 1) { $0 + width(of: $1) }
        case .union(let cases, let isIndirect):
            for payload in cases.compactMap(\.payload) where !isIndirect {
                let inside = width(of: payload)
                words = max(words, inside > Self.limit ? 1 : inside)
            }
        case .enumeration(_, let isOpen): words = isOpen ? 2 : 1
        case .wrapper, .alias: break
        }
        widths[name] = words
        return words
    }

    private static func width(of scalar: SwiftType.Scalar) -> Int {
        switch scalar {
        case .bool, .int32, .int, .double, .date, .bytes: 1
        case .string, .timestamp, .uuid: 2
        case .json: 3
        case .decimal, .decimalString: 4
        }
    }
}

extension OperationPlan {
    /// Everything that is declared inside the operation, also in its forms.
    var allNested: [Declaration] {
        var declarations = nested
        for content in body?.contents ?? [] {
            if case .multipart(let form) = content.decoding { declarations += form.nested }
        }
        return declarations
    }
}
