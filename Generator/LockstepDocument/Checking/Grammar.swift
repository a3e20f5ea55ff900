/// What the specification says about one object: its fields, and what other keys may hold.
struct Grammar: Sendable {
    /// What a field's value must be.
    indirect enum Shape: Sendable {
        case any
        case string
        case boolean
        case choice([String])
        case object(ObjectKind)
        /// The object, or a Reference Object in its place.
        case referable(ObjectKind)
        case array(Shape)
        case map(Shape)
    }

    /// One fixed field.
    struct Field: Sendable {
        var name: String
        var shape: Shape
        /// The last version that demands it.
        var requiredUntil: SpecVersion?
        /// Whether nothing sensible can be done without it.
        var isEssential = false
        var since: SpecVersion
        var until: SpecVersion
    }

    /// Keys that follow a pattern.
    struct Pattern: Sendable {
        /// What the key must look like, for messages.
        var form: String
        var matches: @Sendable (String) -> Bool
        var shape: Shape
    }

    var fields: [String: Field]
    var fieldNames: [String]
    var pattern: Pattern?
    var allowsExtensions: Bool

    init(_ fields: [Field], pattern: Pattern? = nil, allowsExtensions: Bool = true) {
        self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        fieldNames = fields.map(\.name)
        self.pattern = pattern
        self.allowsExtensions = allowsExtensions
    }
}

extension Grammar.Field {
    /// An optional field.
    static func optional(
        _ name: String, _ shape: Grammar.Shape, since: SpecVersion = .v3_0, until: SpecVersion = .v3_2
    ) -> Self {
        Self(name: name, shape: shape, requiredUntil: nil, since: since, until: until)
    }

    /// A field without which the object means nothing.
    static func essential(_ name: String, _ shape: Grammar.Shape) -> Self {
        Self(name: name, shape: shape, requiredUntil: .v3_2, isEssential: true, since: .v3_0, until: .v3_2)
    }

    /// A field that must be there, in versions up to `until`.
    static func required(_ name: String, _ shape: Grammar.Shape, until: SpecVersion = .v3_2) -> Self {
        Self(name: name, shape: shape, requiredUntil: until, since: .v3_0, until: .v3_2)
    }
}
