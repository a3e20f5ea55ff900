/// The versions of OpenAPI that are understood.
enum SpecVersion: Int, Comparable {
    case v3_0
    case v3_1
    case v3_2

    /// The version that `openapi: 3.x.y` names.
    init?(_ text: String) {
        let parts = text.split(separator: ".")
        guard parts.count >= 2, parts[0] == "3" else { return nil }
        switch parts[1].prefix(while: \.isNumber) {
        case "0": self = .v3_0
        case "1": self = .v3_1
        case "2": self = .v3_2
        default: return nil
        }
    }

    /// `3.1`.
    var name: String {
        switch self {
        case .v3_0: "3.0"
        case .v3_1: "3.1"
        case .v3_2: "3.2"
        }
    }

    static func < (left: SpecVersion, right: SpecVersion) -> Bool { left.rawValue < right.rawValue }
}
