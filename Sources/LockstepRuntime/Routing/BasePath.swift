/// Where the paths of a document begin.
public enum BasePath: Sendable, Equatable, ExpressibleByStringLiteral {
    /// At the root. What the address of a server has before them is for a proxy to take away.
    case none
    /// Behind the path of each server that the document names: `https://example.com/v1` and `/beta` serve `/pets` as `/v1/pets`
    /// and as `/beta/pets`. An operation may have servers of its own; variables stand for all values that they may have.
    case document
    /// Behind this path, whatever the document says: `/v1`.
    case path(String)

    /// Behind this path.
    public init(stringLiteral value: String) { self = .path(value) }

    /// What stands before the paths of a route.
    func prefixes(of route: Route) throws(Router.Conflict) -> [String] {
        switch self {
        case .none: return [""]
        case .document: return route.basePaths
        case .path(let path):
            let prefix = path.hasSuffix("/") ? String(path.dropLast()) : path
            let isPath = prefix.hasPrefix("/") && !prefix.contains("//") && !prefix.hasSuffix("/")
            guard prefix.isEmpty || isPath && !prefix.contains(where: { "{}?#".contains($0) }) else {
                throw Router.Conflict(description: "'\(path)' is no base path: write one like '/v1'")
            }
            return [prefix]
        }
    }
}
