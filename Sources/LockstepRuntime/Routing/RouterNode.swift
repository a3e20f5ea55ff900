/// One point in the router's tree: what segments lead on from it, and what ends at it.
final class RouterNode: Sendable {
    enum Target {
        case node(RouterNode)
        case malformed
    }

    private let literals: [(text: [UInt8], node: RouterNode)]
    /// Segments of literals and parameters, those with more literal text first.
    let mixedChildren: [(segment: PathTemplate.Segment, node: RouterNode)]
    let parameterChild: RouterNode?
    private let endpoints: [(method: HTTPMethod, endpoint: BoundEndpoint)]

    /// The value of `Allow`.
    let allow: String
    let isTerminal: Bool

    init(
        literals: [(text: [UInt8], node: RouterNode)],
        mixedChildren: [(segment: PathTemplate.Segment, node: RouterNode)], parameterChild: RouterNode?,
        endpoints: [BoundEndpoint]
    ) {
        self.literals = literals
        self.mixedChildren = mixedChildren.sorted { $0.segment.literalLength > $1.segment.literalLength }
        self.parameterChild = parameterChild
        self.endpoints = endpoints.map { ($0.route.method, $0) }
        isTerminal = !endpoints.isEmpty
        var methods = endpoints.map(\.route.method.rawValue)
        if methods.contains("GET"), !methods.contains("HEAD") { methods.append("HEAD") }
        if !methods.contains("OPTIONS") { methods.append("OPTIONS") }
        allow = methods.joined(separator: ", ")
    }

    func endpoint(for method: HTTPMethod) -> BoundEndpoint? {
        for entry in endpoints where entry.method == method { return entry.endpoint }
        return nil
    }

    func literalChild(_ segment: RouterSegment) -> RouterNode? {
        for entry in literals where segment.equals(entry.text) { return entry.node }
        return nil
    }
}
