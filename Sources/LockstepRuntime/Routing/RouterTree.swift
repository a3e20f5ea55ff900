/// The router's tree while it is built.
struct RouterTree {
    private struct Branch {
        let segment: PathTemplate.Segment
        let node: Int
    }

    private struct Node {
        var branches: [Branch] = []
        var endpoints: [BoundEndpoint] = []
    }

    private var nodes = [Node()]

    /// Adds an endpoint. Parameters are the same whatever their name.
    mutating func insert(_ endpoint: BoundEndpoint, at path: String) throws(Router.Conflict) {
        var index = 0
        for segment in PathTemplate(path).segments {
            if let branch = nodes[index].branches.first(where: { $0.segment.hasSameShape(as: segment) }) {
                index = branch.node
            } else {
                nodes.append(Node())
                nodes[index].branches.append(Branch(segment: segment, node: nodes.count - 1))
                index = nodes.count - 1
            }
        }
        let route = endpoint.route
        guard let other = nodes[index].endpoints.firstIndex(where: { $0.route.method == route.method }) else {
            return nodes[index].endpoints.append(endpoint)
        }
        // Whose document says so has been warned by the generator; endpoints come in the order of the protocols.
        let taken = nodes[index].endpoints[other].route
        guard taken.givesWay || route.givesWay, taken.operationID != route.operationID else {
            throw Router.Conflict(description: "two endpoints for \(route.method) \(path)")
        }
        if !route.givesWay { nodes[index].endpoints[other] = endpoint }
    }

    /// The finished tree.
    func finish() -> RouterNode {
        finish(0)
    }

    /// Depth is bounded by the longest template.
    private func finish(_ index: Int) -> RouterNode {
        var literals: [(text: [UInt8], node: RouterNode)] = []
        var mixed: [(segment: PathTemplate.Segment, node: RouterNode)] = []
        var parameter: RouterNode?
        for branch in nodes[index].branches {
            let child = finish(branch.node)
            if let literal = branch.segment.literal {
                literals.append((literal, child))
            } else if branch.segment.isWholeParameter {
                parameter = child
            } else {
                mixed.append((branch.segment, child))
            }
        }
        return RouterNode(
            literals: literals, mixedChildren: mixed, parameterChild: parameter, endpoints: nodes[index].endpoints)
    }
}
