/// What libyaml reports, as a Swift value.
struct YAMLEvent {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(Scalar)
        case sequenceStart(anchor: String?, tag: String?)
        case sequenceEnd
        case mappingStart(anchor: String?, tag: String?)
        case mappingEnd
    }

    /// A key or a value without parts.
    struct Scalar {
        var text: String
        var isPlain: Bool
        var anchor: String?
        var tag: String?
    }

    var kind: Kind
    var mark: Mark
}
