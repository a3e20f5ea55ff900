import LockstepDocument
import LockstepJSON

/// A function of an operation that puts a text together from runtime expressions: the URL of a callback, or the path of a link.
struct ExpressionPlan: Sendable {
    /// `onDataURL` or `userByIdPath`
    var functionName: String
    var documentation: [String]
    /// Whether the input of the operation is an argument.
    var usesInput = false
    /// What else it needs, in order.
    var arguments: [Argument] = []
    var result: Result
    /// Where the link stands whose path it is.
    var link: String?

    /// What the function gives.
    enum Result: Sendable {
        /// A URL of pieces.
        case url([Piece])
        /// The path of an operation, with values for some of its parameters by their index.
        case path(target: String, [(index: Int, value: Value)])
    }

    /// The value of a link's parameter.
    enum Value: Sendable {
        case constant(JSONValue)
        case expression(Source)
        case template([Piece])
    }

    /// A piece of a text.
    enum Piece: Sendable {
        case text(String)
        case value(Source)
    }

    /// Where a value is taken from: Swift source, and a pointer into it.
    struct Source: Sendable {
        var source: String
        var pointer = ""
        /// The parameter of the input that it is.
        var field: Field?
    }

    /// An argument that the runtime expressions ask for.
    struct Argument: Sendable, Equatable {
        var label: String
        var type: String
        /// What it stands for; the pointer into a body aside.
        var expression: RuntimeExpression
    }
}
