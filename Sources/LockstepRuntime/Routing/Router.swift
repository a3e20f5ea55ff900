/// Finds the endpoint for a method and path: a tree of segments, built once when the service starts.
///
/// - A literal segment beats a parameter, a segment that mixes both lies between; if the better branch leads nowhere
///   the next one is tried, so `/a/{x}/c` is found beside `/a/b`.
/// - Literals are compared after percent-decoding; a `%2F` never separates segments.
/// - A parameter takes at least one character, and never `.` or `..` as a whole segment.
/// - Paths are compared as sent: no trailing slash is added or removed.
public struct Router: Sendable {
    /// What a method and path lead to.
    enum Match: Sendable {
        /// An endpoint, with the raw text of its path parameters in template order.
        case endpoint(BoundEndpoint, PathCaptures)
        /// The path exists, the method does not: the methods that do.
        case methodNotAllowed(allow: String)
        /// `OPTIONS` on a path that declares none: the methods that it has.
        case options(allow: String)
        /// No such path.
        case notFound
        /// The path has a malformed percent escape.
        case malformed
    }

    /// A fault in a set of endpoints that the router cannot build from.
    public struct Conflict: Error, Sendable, CustomStringConvertible {
        /// What is wrong.
        public let description: String
    }

    private let root: RouterNode

    /// A router over these endpoints. Two endpoints for the same method and path shape are refused.
    ///
    /// `aliases` maps path prefixes to those of the document: `["/api/v1": "/api"]` serves every `/api/…` also as
    /// `/api/v1/…`.
    init(
        _ endpoints: [BoundEndpoint], base: BasePath = .none, aliases: [String: String] = [:]
    ) throws(Conflict) {
        var tree = RouterTree()
        for endpoint in endpoints {
            for prefix in try base.prefixes(of: endpoint.route) {
                let path = prefix + endpoint.route.template
                try tree.insert(endpoint, at: path)
                for (alias, prefix) in aliases {
                    guard let path = Router.rebase(path, from: prefix, to: alias) else { continue }
                    try tree.insert(endpoint, at: path)
                }
            }
        }
        root = tree.finish()
    }

    /// The endpoint for a method and a raw path.
    func match(_ method: HTTPMethod, _ path: Substring) -> Match {
        var path = path
        let found = path.withUTF8 { bytes -> (RouterNode.Target, PathCaptures)? in
            var captures = PathCaptures()
            guard let target = find(bytes, &captures) else { return nil }
            return (target, captures)
        }
        guard let (target, captures) = found else { return .notFound }
        switch target {
        case .malformed: return .malformed
        case .node(let node): return select(method, node, captures)
        }
    }

    private func select(_ method: HTTPMethod, _ node: RouterNode, _ captures: PathCaptures) -> Match {
        if let endpoint = node.endpoint(for: method) { return .endpoint(endpoint, captures) }
        if method == .head, let endpoint = node.endpoint(for: .get) { return .endpoint(endpoint, captures) }
        if method == .options { return .options(allow: node.allow) }
        return .methodNotAllowed(allow: node.allow)
    }

    private func find(_ path: UnsafeBufferPointer<UInt8>, _ captures: inout PathCaptures) -> RouterNode.Target? {
        guard path.first == 0x2F else { return nil }
        let isEncoded = path.contains(0x25)
        if isEncoded, !RouterSegment.hasWellFormedEscapes(path) { return .malformed }
        return descend(from: root, path, at: 1, isEncoded, &captures).map { .node($0) }
    }

    /// Walks from a node with the segment that starts at `start`; depth is bounded by the longest template.
    private func descend(
        from node: RouterNode, _ path: UnsafeBufferPointer<UInt8>, at start: Int, _ isEncoded: Bool,
        _ captures: inout PathCaptures
    ) -> RouterNode? {
        var end = start
        while end < path.count, path[end] != 0x2F { end += 1 }
        let segment = RouterSegment(path, start..<end, isEncoded: isEncoded)
        if let child = node.literalChild(segment),
            let found = follow(child, path, end, isEncoded, &captures)
        {
            return found
        }
        for mixed in node.mixedChildren {
            let mark = captures.count
            if segment.match(mixed.segment, &captures), let found = follow(mixed.node, path, end, isEncoded, &captures)
            {
                return found
            }
            captures.truncate(to: mark)
        }
        if let child = node.parameterChild, segment.canBeParameter {
            let mark = captures.count
            captures.append(start..<end)
            if let found = follow(child, path, end, isEncoded, &captures) { return found }
            captures.truncate(to: mark)
        }
        return nil
    }

    private func follow(
        _ child: RouterNode, _ path: UnsafeBufferPointer<UInt8>, _ end: Int, _ isEncoded: Bool,
        _ captures: inout PathCaptures
    ) -> RouterNode? {
        if end == path.count { return child.isTerminal ? child : nil }
        return descend(from: child, path, at: end + 1, isEncoded, &captures)
    }

    private static func rebase(_ template: String, from prefix: String, to alias: String) -> String? {
        if template == prefix { return alias }
        guard template.hasPrefix(prefix.hasSuffix("/") ? prefix : prefix + "/") else { return nil }
        return alias + template.dropFirst(prefix.count)
    }
}
