/// A service that an instance may run; the system operations run everywhere.
public enum ServiceName: String, CaseIterable, Sendable {
    case auth
    case payments

    /// The services of `--services auth,payments`; nil when one is not known or none is named.
    public static func parse(_ list: String) -> Set<ServiceName>? {
        var names: Set<ServiceName> = []
        for part in list.split(separator: ",") {
            guard let name = ServiceName(rawValue: String(part)) else { return nil }
            names.insert(name)
        }
        return names.isEmpty ? nil : names
    }
}
