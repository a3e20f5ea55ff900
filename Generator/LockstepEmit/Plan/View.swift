import LockstepDocument
import LockstepSchema

/// Which properties of a schema a type shows.
///
/// A schema with `readOnly` or `writeOnly` properties gives two types where both requests and responses reach it:
/// `User` is what responses carry and `UserInput` what requests carry. Everything else gives one type.
enum View: Sendable, Hashable {
    /// All properties: the schema differs by direction for no one.
    case whole
    /// Without `readOnly` properties.
    case request
    /// Without `writeOnly` properties.
    case response

    init(_ direction: Direction) {
        switch direction {
        case .request: self = .request
        case .response: self = .response
        }
    }

    /// The direction whose rules the validator follows.
    var direction: Direction? {
        switch self {
        case .whole: nil
        case .request: .request
        case .response: .response
        }
    }

    /// The same for the schema compiler.
    var compiled: SchemaCompiler.Direction {
        switch self {
        case .whole: .any
        case .request: .request
        case .response: .response
        }
    }

    /// Whether the view shows a property with this schema.
    func shows(_ schema: Schema) -> Bool {
        switch self {
        case .whole: true
        case .request: !schema.isReadOnly
        case .response: !schema.isWriteOnly
        }
    }
}

extension ObjectSchema {
    /// The properties that a view shows: their order is the order of the validator's slots.
    func properties(in view: View) -> [Property] {
        properties.filter { property in
            if case .never = property.schema.kind, !property.isRequired { return false }
            return view.shows(property.schema)
        }
    }
}
