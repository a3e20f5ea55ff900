/// How a program's words are laid out. Every field is a 32-bit word; an offset of 0 means that there is nothing.
enum Layout {
    /// The version of the layout; programs of another one are refused.
    static let version = 3

    /// A schema: which kinds it takes, and where the checks of each kind are.
    enum Node {
        static let kinds = 0
        static let resource = 1
        /// What to record when the value fits, for a generated initialiser.
        static let record = 2
        static let general = 3
        /// From here on, the parts stand at the number of their `TapeKind`; fractions look here, too.
        static let number = 4
        static let string = 5
        static let array = 6
        static let object = 7
        static let size = 8

        /// One bit per `TapeKind`, so that a tape word's kind selects it.
        static let allKinds: Int32 = 0xff
        static let null: Int32 = 1 << 0
        static let bool: Int32 = 1 << 1 | 1 << 2
        static let number0: Int32 = 1 << 3 | 1 << 4
        static let string0: Int32 = 1 << 5
        static let array0: Int32 = 1 << 6
        static let object0: Int32 = 1 << 7
        /// Integers, whatever their spelling.
        static let integer: Int32 = 1 << 3 | 1 << 8
        static let integerBit: Int32 = 1 << 8
        /// `unevaluatedProperties` or `unevaluatedItems` is there.
        static let unevaluated: Int32 = 1 << 9
        /// Nothing but kinds and parts: no general part, nothing to record, nothing unevaluated.
        static let isSimple: Int32 = 1 << 10
        /// A string is checked by one list of constants alone, and its place in that list is all that may be recorded.
        static let isChoice: Int32 = 1 << 11
        /// An object is checked by one `oneOf` or `anyOf` alone, and what that leaves is all that may be recorded.
        static let isUnion: Int32 = 1 << 12
    }

    /// Two schemas that every program starts with; word 0 stays unused.
    static let trueNode = 1
    static let falseNode = 1 + Node.size
    static let start = 1 + Node.size * 2

    enum StringPart {
        static let minimum = 0
        /// -1 for none.
        static let maximum = 1
        /// -1 for none.
        static let pattern = 2
        static let format = 3
        static let size = 4
    }

    enum NumberPart {
        static let minimum = 0
        static let maximum = 1
        static let exclusiveMinimum = 2
        static let exclusiveMaximum = 3
        static let multipleOf = 4
        static let format = 5
        static let size = 6
    }

    /// A number of the schema: its text, and its value when the coefficient fits 64 bits.
    enum Constant {
        static let text = 0
        static let length = 1
        static let isSmall = 2
        static let low = 3
        static let high = 4
        static let exponent = 5
        static let size = 6
    }

    enum ObjectPart {
        static let minimum = 0
        /// -1 for none.
        static let maximum = 1
        /// Entries of the name table.
        static let names = 2
        /// How many of them are required; they have the ordinals 0 ..< required.
        static let required = 3
        /// A hash table of name indices + 1, when there are many.
        static let hash = 4
        static let hashMask = 5
        static let additional = 6
        /// Count, then pattern and node of each.
        static let patterns = 7
        static let propertyNames = 8
        /// Count, then name, length, node, and the list of required names of each.
        static let dependents = 9
        static let unevaluated = 10
        static let table = 11

        /// An entry: name, length, its first eight bytes, node (0 for any), ordinal if required (else -1), 1 if in
        /// `properties`, slot (else -1).
        static let entrySize = 8
        static let entryPrefix = 2
        static let entryNode = 4
        static let entryOrdinal = 5
        static let entryDeclared = 6
        static let entrySlot = 7
    }

    enum ArrayPart {
        static let minimum = 0
        /// -1 for none.
        static let maximum = 1
        static let prefix = 2
        static let items = 3
        static let contains = 4
        static let minContains = 5
        /// -1 for none.
        static let maxContains = 6
        static let unique = 7
        static let unevaluated = 8
        static let table = 9
    }

    /// A step of the general part: code, two operands.
    enum Step: Int32 {
        /// node
        case reference = 1
        /// anchor table, fallback node
        case dynamicReference
        /// list of constants
        case constant
        case enumeration
        /// branches
        case anyOf
        case oneOf
        /// node
        case not
        /// node, then `then` and `else`
        case condition

        static let size = 3
    }

    /// Alternatives: count, the property that tells them apart (text, length or -1), its values, then the nodes.
    enum Branches {
        static let count = 0
        static let name = 1
        static let length = 2
        /// Count, then text, length and branch of each, and where the branch will look it up: a list of constants (or 0), and
        /// its place in there.
        static let values = 3
        static let valueSize = 5
        /// Whether the values alone decide: every other alternative is certain to fail.
        static let isExclusive = 4
        /// 0: nothing; 1: the union's alternative and its frame, the alternative's number standing after the nodes;
        /// 2: the frame of what fits.
        static let recording = 5
        static let table = 6
    }

    /// What a node records: code, 1 if `null` is allowed, and what the code says.
    enum Record: Int32 {
        /// kind
        case scalar = 1
        /// list of constants
        case enumeration
        /// slots, 1 if additional members are kept
        case object
        /// 1 if the elements have frames
        case array
        case map
        /// The frame that a step left: of a union, or of the one schema that stands for this one.
        case inner
        /// A shape that is walked afterwards, because no single schema lists what it needs.
        case shape

        static let nullable = 1
        static let body = 2
    }

    /// A shape: code, 1 if nullable, and what the code says.
    enum ShapePart {
        static let code = 0
        static let nullable = 1
        static let body = 2
    }

    enum ShapeCode: Int32 {
        case any = 0
        /// kind
        case scalar
        /// list of constants
        case enumeration
        /// slots, shape of additional members, hash, mask, then name, length, its first eight bytes, shape, and flags of
        /// each: 1 required, 2 lenient
        case object
        /// shape of the elements, 1 if they have frames
        case array
        case map
        /// count, how many are required, shape of the further elements, 1 if these have frames, then shapes
        case tuple
        /// branches as in `Branches`, then the shapes
        case union
    }
}
