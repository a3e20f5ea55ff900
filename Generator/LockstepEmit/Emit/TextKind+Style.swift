import LockstepDocument

extension TextKind {
    /// Whether a style has a way to write the values of this kind: most styles are flat, and only the one with brackets nests.
    func isWritable(_ style: ParameterStyle, explode: Bool) -> Bool {
        switch self {
        case .string, .number, .boolean, .null, .json, .file: true
        case .anyOf(let kinds): kinds.contains { $0.isWritable(style, explode: explode) }
        case .array(let item): style == .deepObject ? item.isWritable(style, explode: explode) : item.isText
        case .object(let members, let additional):
            (members.map(\.kind) + [additional].compactMap { $0 }).allSatisfy { kind in
                switch style {
                case .deepObject: kind.isWritable(style, explode: explode)
                case .form, .cookie: kind.isText || explode && kind.isWritable(style, explode: false) && !kind.isObject
                default: kind.isText
                }
            }
        }
    }

    /// Whether a value can be one text.
    private var isText: Bool {
        switch self {
        case .array, .object: false
        case .anyOf(let kinds): kinds.contains(where: \.isText)
        case .string, .number, .boolean, .null, .json, .file: true
        }
    }

    private var isObject: Bool {
        switch self {
        case .object: true
        case .anyOf(let kinds): kinds.allSatisfy(\.isObject)
        case .string, .number, .boolean, .null, .json, .file, .array: false
        }
    }
}
