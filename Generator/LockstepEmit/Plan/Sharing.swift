/// Types written in place that are alike become one, declared in `Shared` and known by its old name at each place.
///
/// Alike are types of the same name with the same members, in the same order, with the same comments: what a reader cannot
/// tell apart. Because each place keeps its name (as a typealias), code that uses a type does not notice whether it is shared,
/// and an edit that makes two types alike, or different, breaks no caller.
struct Sharing {
    /// The namespace of the shared types.
    static let namespace = "Shared"

    /// The shared types, in document order.
    private var shared: [Declaration] = []
    private var aliases: [String: SwiftType]
    private var numbers: [String: Int] = [:]
    private var signatures: [String: Int] = [:]
    /// How many places have a type, and what they say about it.
    private var places: [Int: (count: Int, documentation: String?)] = [:]
    private var paths: [Int: String] = [:]
    private var names = NameScope()

    /// Replaces what is alike by typealiases, which are added to `aliases`; the answer is what they stand for.
    static func share(
        _ declarations: inout [Declaration], _ operations: inout [OperationPlan], _ aliases: inout [String: SwiftType]
    ) -> [Declaration] {
        var sharing = Sharing(aliases: aliases)
        for declaration in declarations { sharing.count(declaration, isCandidate: false) }
        for operation in operations { operation.forEachNested { sharing.count($0, isCandidate: $1) } }
        for index in declarations.indices { sharing.replace(&declarations[index], isCandidate: false) }
        for index in operations.indices { operations[index].changeNested { sharing.replace(&$0, isCandidate: $1) } }
        aliases = sharing.aliases
        return sharing.shared
    }

    private init(aliases: [String: SwiftType]) {
        self.aliases = aliases
    }

    // MARK: Counting

    /// What lies inside of a second one is not counted: it goes with it.
    private mutating func count(_ declaration: Declaration, isCandidate: Bool) {
        if isCandidate, isShareable(declaration) {
            let number = likeness(of: declaration)
            let known = places[number]
            let isSame = known == nil || known?.documentation == declaration.documentation
            places[number] = ((known?.count ?? 0) + 1, isSame ? declaration.documentation : nil)
            if known != nil { return }
        }
        for nested in declaration.nested { count(nested, isCandidate: true) }
    }

    private func isShareable(_ declaration: Declaration) -> Bool {
        switch declaration.kind {
        case .structure, .enumeration, .union: true
        case .alias, .wrapper: false
        }
    }

    // MARK: Replacing

    private mutating func replace(_ declaration: inout Declaration, isCandidate: Bool) {
        if isCandidate, isShareable(declaration), let place = places[likeness(of: declaration)], place.count > 1 {
            let number = likeness(of: declaration)
            let path = paths[number] ?? share(declaration, number, documentation: place.documentation)
            aliases[declaration.path] = .named(path)
            declaration.kind = .alias(.named(path))
            declaration.nested = []
            return
        }
        for index in declaration.nested.indices { replace(&declaration.nested[index], isCandidate: true) }
    }

    private mutating func share(_ declaration: Declaration, _ number: Int, documentation: String?) -> String {
        let name = names.claim(declaration.name)
        let path = "\(Self.namespace).\(name)"
        paths[number] = path
        var moved = declaration.moved(from: declaration.path, to: path)
        moved.name = name
        moved.documentation = documentation
        let index = shared.count
        shared.append(moved)
        for nested in moved.nested.indices { replace(&moved.nested[nested], isCandidate: true) }
        shared[index] = moved
        return path
    }

    // MARK: Comparing

    /// The same number for types that are alike.
    private mutating func likeness(of declaration: Declaration) -> Int {
        if let known = numbers[declaration.path] { return known }
        let nested = declaration.nested.map { String(likeness(of: $0)) }.joined(separator: " ")
        let text = "\(declaration.name) \(declaration.isDeprecated) \(members(of: declaration)) \(nested)"
        let number = signatures[text] ?? signatures.count
        signatures[text] = number
        numbers[declaration.path] = number
        return number
    }

    /// The members as text, with the paths of the types inside of it seen from the type.
    private func members(of declaration: Declaration) -> String {
        let path = declaration.path
        switch declaration.kind {
        case .structure(let fields, let additional):
            let texts = fields.map { field in
                "\(field.name) \(field.key) \(field.type.moved(from: path, to: "").source) \(field.isDeprecated) \(field.slot) "
                    + "\(field.isBoxed) \(field.presence.moved(from: path, to: "")) \(field.constant ?? "") "
                    + (field.documentation ?? "")
            }
            let others = additional.map { "\($0.name) \($0.value.moved(from: path, to: "").source)" }
            return "\(declaration.isTuple ? "tuple" : "structure") \(texts.joined(separator: "\n")) \(others ?? "")"
        case .enumeration(let cases, let isOpen):
            let texts = cases.map { "\($0.name) \($0.value.jsonText) \($0.documentation ?? "")" }
            return "enumeration \(isOpen) \(texts.joined(separator: "\n"))"
        case .union(let cases, let isIndirect):
            let texts = cases.map { value in
                "\(value.name) \(value.payload?.moved(from: path, to: "").source ?? "") \(value.branch) "
                    + "\(value.constant?.source ?? "") \(value.documentation ?? "")"
            }
            return "union \(isIndirect) \(texts.joined(separator: "\n"))"
        case .alias(let type), .wrapper(let type): return type.moved(from: path, to: "").source
        }
    }
}

extension OperationPlan {
    /// Everything that is declared directly inside the operation or its forms. Bodies are the operation's own, however much they
    /// are like those of others; enumerations of parameters may be shared.
    fileprivate func forEachNested(_ visit: (Declaration, _ isCandidate: Bool) -> Void) {
        for declaration in nested { visit(declaration, declaration.isEnumeration) }
        for content in body?.contents ?? [] {
            guard case .multipart(let form) = content.decoding else { continue }
            for declaration in form.nested { visit(declaration, true) }
        }
    }

    fileprivate mutating func changeNested(_ change: (inout Declaration, _ isCandidate: Bool) -> Void) {
        for index in nested.indices { change(&nested[index], nested[index].isEnumeration) }
        for index in (body?.contents ?? []).indices {
            guard case .multipart(var form)? = body?.contents[index].decoding else { continue }
            for nested in form.nested.indices { change(&form.nested[nested], true) }
            body?.contents[index].decoding = .multipart(form)
        }
    }
}

extension Declaration {
    fileprivate var isEnumeration: Bool { if case .enumeration = kind { true } else { false } }

    /// The declaration at another place: its path and those of all that lies in it change.
    fileprivate func moved(from old: String, to new: String) -> Declaration {
        var result = self
        result.path = path.moved(from: old, to: new)
        result.nested = nested.map { $0.moved(from: old, to: new) }
        switch kind {
        case .structure(var fields, var additional):
            for index in fields.indices {
                fields[index].type = fields[index].type.moved(from: old, to: new)
                fields[index].presence = fields[index].presence.moved(from: old, to: new)
            }
            if let value = additional?.value { additional?.value = value.moved(from: old, to: new) }
            result.kind = .structure(fields, additional: additional)
        case .union(var cases, let isIndirect):
            for index in cases.indices { cases[index].payload = cases[index].payload?.moved(from: old, to: new) }
            result.kind = .union(cases, isIndirect: isIndirect)
        case .alias(let type): result.kind = .alias(type.moved(from: old, to: new))
        case .wrapper(let type): result.kind = .wrapper(type.moved(from: old, to: new))
        case .enumeration: break
        }
        return result
    }
}

extension Field.Presence {
    fileprivate func moved(from old: String, to new: String) -> Field.Presence {
        switch self {
        case .defaulted(let source): .defaulted(source.moved(from: old, to: new))
        case .nullableDefaulted(let source): .nullableDefaulted(source.moved(from: old, to: new))
        case .required, .optional, .nullable, .distinguished: self
        }
    }
}

extension SwiftType {
    fileprivate func moved(from old: String, to new: String) -> SwiftType {
        switch self {
        case .scalar: self
        case .named(let name): .named(name.moved(from: old, to: new))
        case .array(let element): .array(element.moved(from: old, to: new))
        case .dictionary(let value): .dictionary(value.moved(from: old, to: new))
        case .optional(let wrapped): .optional(wrapped.moved(from: old, to: new))
        case .presence(let wrapped): .presence(wrapped.moved(from: old, to: new))
        }
    }
}

extension String {
    /// A path, or source that starts with one.
    fileprivate func moved(from old: String, to new: String) -> String {
        guard hasPrefix(old), utf8.count == old.utf8.count || utf8.dropFirst(old.utf8.count).first == UInt8(ascii: ".")
        else {
            return self
        }
        return new + dropFirst(old.count)
    }
}
