/// One point in the router's tree: what segments lead on from it, and what ends at it.
struct RouterNode: Sendable {
    enum Target {
        case node(Int)
        case malformed
    }

    private var literals: [(text: [UInt8], node: Int)] = []
    private(set) var mixedChildren: [(segment: PathTemplate.Segment, node: Int)] = []
    private(set) var parameterChild: Int?
    private var endpoints: [(method: HTTPMethod, endpoint: BoundEndpoint)] = []

    /// The value of `Allow`.
    private(set) var allow = ""

    var isTerminal: Bool { !endpoints.isEmpty }

    func endpoint(for method: HTTPMethod) -> BoundEndpoint? {
        for entry in endpoints where entry.method == method { return entry.endpoint }
        return nil
    }

    func literalChild(_ segment: RouterSegment) -> Int? {
        for entry in literals where segment.equals(entry.text) { return entry.node }
        return nil
    }

    /// The child that a template's segment already has; parameters are the same whatever their name.
    func child(for segment: PathTemplate.Segment) -> Int? {
        if let literal = segment.literal { return literals.first { $0.text == literal }?.node }
        if segment.isWholeParameter { return parameterChild }
        return mixedChildren.first { RouterNode.haveSameShape($0.segment, segment) }?.node
    }

    mutating func add(_ segment: PathTemplate.Segment, _ node: Int) {
        if let literal = segment.literal {
            literals.append((literal, node))
        } else if segment.isWholeParameter {
            parameterChild = node
        } else {
            mixedChildren.append((segment, node))
        }
    }

    /// - Returns: `false` if the method is taken.
    mutating func add(_ endpoint: BoundEndpoint) -> Bool {
        guard self.endpoint(for: endpoint.route.method) == nil else { return false }
        endpoints.append((endpoint.route.method, endpoint))
        return true
    }

    /// Orders what is tried in turn and writes `Allow`.
    mutating func finish() {
        mixedChildren.sort { $0.segment.literalLength > $1.segment.literalLength }
        var methods = endpoints.map(\.method.rawValue)
        if methods.contains("GET"), !methods.contains("HEAD") { methods.append("HEAD") }
        if !methods.contains("OPTIONS") { methods.append("OPTIONS") }
        allow = methods.joined(separator: ", ")
    }

    private static func haveSameShape(_ left: PathTemplate.Segment, _ right: PathTemplate.Segment) -> Bool {
        left.pieces.count == right.pieces.count
            && zip(left.pieces, right.pieces).allSatisfy {
                switch ($0, $1) {
                case (.literal(let left), .literal(let right)): left == right
                case (.parameter, .parameter): true
                case (.literal, .parameter), (.parameter, .literal): false
                }
            }
    }
}
