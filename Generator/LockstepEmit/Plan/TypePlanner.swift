import LockstepDocument

/// Gives every schema a Swift type, and every type that must be declared a name and a place.
///
/// A schema with a name in the document becomes a declaration at the top; a schema written in place becomes a type inside
/// the one whose property it is, or inside the operation; one written in place in a shared response or parameter is
/// declared at the top once, named after that component.
final class TypePlanner {
    let description: APIDescription
    let module: ModuleNames
    let top: TypeScope
    /// Which named schemas requests and responses reach.
    let reach: Reach
    private(set) var diagnostics: [Diagnostic] = []
    /// Swift names of the named schemas, by document name and view.
    private var names: [String: [View: String]] = [:]
    /// Full names of types that are declared once for all places that share them, by schema address and view.
    private var shared: [String: String] = [:]
    /// What the typealiases of the output stand for, by name.
    private(set) var aliases: [String: SwiftType] = [:]

    init(_ description: APIDescription, module: ModuleNames) {
        self.description = description
        self.module = module
        top = TypeScope(path: "", module: module)
        reach = Reach(description)
        nameSchemas()
    }

    /// Declares the types of all named schemas, in document order.
    func planNamedSchemas() {
        for schema in description.schemas {
            for view in reach.views(of: schema) {
                let path = self.path(ofNamed: schema.name, in: view)
                declare(schema.schema, name: path, path: path, in: top, view: view)
            }
        }
    }

    func report(_ severity: Diagnostic.Severity, _ message: String, at origin: Origin, hint: String? = nil) {
        diagnostics.append(Diagnostic(severity, message, at: origin, hint: hint))
    }

    // MARK: Names

    private func nameSchemas() {
        let swiftNames = module.claimAll(description.schemas.map(\.name))
        for (schema, name) in zip(description.schemas, swiftNames) {
            var byView: [View: String] = [:]
            for (index, view) in reach.views(of: schema).enumerated() {
                byView[view] = index == 0 ? name : module.claim(name + "Input", alternatives: [name + "RequestView"])
            }
            names[schema.name] = byView
        }
    }

    /// The Swift name of a named schema in a view. A schema that does not differ by direction has one name.
    func path(ofNamed name: String, in view: View) -> String {
        guard let byView = names[name] else { return "JSONValue" }
        return byView[view] ?? byView[.whole] ?? byView[.response] ?? byView[.request] ?? "JSONValue"
    }

    // MARK: Types

    /// The Swift type of a schema's values, null aside; declares what it needs in `scope`.
    ///
    /// - Parameter hint: what a type declared for it is called, such as the name of its property.
    func type(of schema: Schema, named hint: String, in scope: TypeScope, view: View) -> SwiftType {
        switch schema.kind {
        case .any, .never, .null: return .scalar(.json)
        case .boolean: return .scalar(.bool)
        case .integer(let format): return .scalar(ScalarRules.integer(format))
        case .number(let format): return .scalar(ScalarRules.number(format))
        case .string(let format): return .scalar(ScalarRules.string(format))
        case .array(let items):
            return .array(element(items, named: SwiftName.singular(hint), in: scope, view: view))
        case .tuple: return declareInPlace(schema, named: hint, in: scope, view: view)
        case .map(let values):
            return .dictionary(element(values, named: SwiftName.singular(hint), in: scope, view: view))
        case .reference(let name): return .named(path(ofNamed: name, in: view))
        case .enumeration(let enumeration):
            if let scalar = ScalarRules.plain(enumeration) { return .scalar(scalar) }
            return declareInPlace(schema, named: hint, in: scope, view: view)
        case .object(let object):
            if let values = ScalarRules.dictionaryValues(object, view) {
                return .dictionary(element(values, named: SwiftName.singular(hint), in: scope, view: view))
            }
            if object.properties(in: view).isEmpty, case .unmentioned = object.additional {
                return .dictionary(.scalar(.json))
            }
            return declareInPlace(schema, named: hint, in: scope, view: view)
        case .union(let union):
            if let scalar = ScalarRules.plain(union) { return .scalar(scalar) }
            return declareInPlace(schema, named: hint, in: scope, view: view)
        }
    }

    /// The type of an element of a list or map, which may be null.
    func element(_ schema: Schema, named hint: String, in scope: TypeScope, view: View) -> SwiftType {
        let type = type(of: schema, named: hint, in: scope, view: view)
        return schema.isNullable && type != .scalar(.json) ? .optional(type) : type
    }

    private func declareInPlace(_ schema: Schema, named hint: String, in scope: TypeScope, view: View) -> SwiftType {
        if let component = sharedComponentName(of: schema.origin) {
            let key = "\(schema.uri) \(view)"
            if let path = shared[key] { return .named(path) }
            let wish = SwiftName.type(scope.path.isEmpty ? hint : component)
            let name = module.claim(wish, alternatives: [wish + "Body", wish + "Value"])
            shared[key] = name
            declare(schema, name: name, path: name, in: top, view: view)
            return .named(name)
        }
        let (name, path) = scope.claim(hint)
        declare(schema, name: name, path: path, in: scope, view: view)
        return .named(path)
    }

    /// `NotFound` for a schema directly inside `components/responses/NotFound`: what several operations share.
    private func sharedComponentName(of origin: Origin) -> String? {
        let parts = origin.pointer.split(separator: "/")
        guard parts.count > 3, parts[0] == "components" else { return nil }
        let name = parts[2].replacing("~1", with: "/").replacing("~0", with: "~")
        switch parts[1] {
        case "responses" where parts[3] == "content" && parts.count == 6: return name + "Body"
        case "requestBodies" where parts[3] == "content" && parts.count == 6: return name + "Body"
        case "parameters" where parts[3] == "schema" && parts.count == 4: return String(name)
        default: return nil
        }
    }

    // MARK: Declarations

    private func declare(_ schema: Schema, name: String, path: String, in scope: TypeScope, view: View) {
        let inner = scope.inner(path)
        var declaration = Declaration(
            name: name, path: path, origin: schema.origin.description, documentation: DocumentationText.of(schema),
            isDeprecated: schema.isDeprecated, kind: .alias(.scalar(.json)))
        switch schema.kind {
        case .object(let object)
        where ScalarRules.dictionaryValues(object, view) == nil
            && !(object.properties(in: view).isEmpty && object.additional.isUnmentioned):
            declaration.kind = structure(object, in: inner, view: view)
        case .tuple(let tuple):
            declaration.kind = self.tuple(tuple, in: inner, view: view)
            declaration.isTuple = true
        case .enumeration(let enumeration) where ScalarRules.plain(enumeration) == nil:
            declaration.kind = self.enumeration(enumeration)
        case .union(let union) where ScalarRules.plain(union) == nil:
            declaration.kind = self.union(union, in: inner, view: view)
        default:
            let type = type(of: schema, named: name + "Element", in: scope, view: view)
            declaration.kind = .alias(type)
            aliases[path] = type
        }
        declaration.nested = inner.declarations
        scope.declarations.append(declaration)
    }
}

extension ObjectSchema.AdditionalProperties {
    var isUnmentioned: Bool {
        if case .unmentioned = self { true } else { false }
    }
}
