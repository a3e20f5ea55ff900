/// Finds schemas that apply themselves to the very value they are applied to.
///
/// Recursion through properties and items ends with the value. Recursion through `$ref`, `allOf`, `oneOf`, `anyOf`, `not` and
/// conditions does not end. The one such circle that has a meaning is that of a parent and its children; it is cut at the
/// child's reference to the parent. Every other one is an error.
struct SchemaCycles {
    private var parents: Set<ObjectIdentifier> = []
    private var cuts: [ObjectIdentifier: Place] = [:]

    /// Whether there are none that were cut.
    var isEmpty: Bool { cuts.isEmpty }

    /// The parent to which a child's reference was cut.
    func parent(referredFrom node: Node) -> Place? { cuts[ObjectIdentifier(node)] }

    /// Whether children refer to the schema without its `oneOf` and `anyOf`.
    func isParent(_ node: Node) -> Bool { parents.contains(ObjectIdentifier(node)) }

    /// The cycles among the schemas that references lead to.
    static func find(resolver: Resolver, diagnostics: DiagnosticList) -> SchemaCycles {
        var search = Search(resolver: resolver, diagnostics: diagnostics)
        let schemas = resolver.targets.sorted { $0.key < $1.key }.map(\.value).filter { $0.node.role == .schema }
        for place in schemas { search.cycles.cutParents(of: place, resolver) }
        for place in schemas { search.visit(place) }
        return search.cycles
    }

    /// Cuts the references of a schema to parents that name it as one of their children. A child may have several.
    private mutating func cutParents(of child: Place, _ resolver: Resolver) {
        for link in [child] + (child["allOf"]?.elements ?? []) {
            guard link.node !== child.node || Self.extends(child),
                let parent = link.node["$ref"]?.string.flatMap({ resolver.targets[$0] }),
                ["oneOf", "anyOf"].contains(where: { Self.names(child, in: parent[$0], resolver) })
            else { continue }
            cut(link, to: parent)
        }
    }

    private static func names(_ child: Place, in list: Place?, _ resolver: Resolver) -> Bool {
        (list?.node.items ?? []).contains { alternative in
            alternative["$ref"]?.string.flatMap { resolver.targets[$0] }?.node === child.node
        }
    }

    private mutating func cut(_ link: Place, to parent: Place) {
        cuts[ObjectIdentifier(link.node)] = parent
        parents.insert(ObjectIdentifier(parent.node))
    }

    /// Whether a schema adds something to what it refers to, as a child does to its parent.
    private static func extends(_ place: Place) -> Bool {
        place.node["allOf"] != nil || place.node["$ref"] != nil && (place.node.mapping?.count ?? 0) > 1
    }

    /// A depth-first search that keeps its own stack: chains of references may be as long as the document.
    private struct Search {
        let resolver: Resolver
        let diagnostics: DiagnosticList
        var cycles = SchemaCycles()
        private var finished: Set<ObjectIdentifier> = []
        private var positions: [ObjectIdentifier: Int] = [:]
        private var stack: [Frame] = []

        /// A schema on the way, and where the way goes on.
        private struct Frame {
            var place: Place
            /// Whether the way came here through `oneOf` or `anyOf`.
            var isChoice: Bool
            var edges: [Edge]
        }

        private struct Edge {
            var target: Place
            var isChoice: Bool
            /// The schema whose `$ref` this is.
            var link: Place?
        }

        init(resolver: Resolver, diagnostics: DiagnosticList) {
            self.resolver = resolver
            self.diagnostics = diagnostics
        }

        mutating func visit(_ place: Place) {
            push(place, isChoice: false)
            while let edge = nextEdge() {
                let identity = ObjectIdentifier(edge.target.node)
                if let start = positions[identity] {
                    close(at: start, by: edge)
                } else if !finished.contains(identity) {
                    push(edge.target, isChoice: edge.isChoice)
                }
            }
        }

        private mutating func push(_ place: Place, isChoice: Bool) {
            let identity = ObjectIdentifier(place.node)
            guard !finished.contains(identity) else { return }
            positions[identity] = stack.count
            stack.append(Frame(place: place, isChoice: isChoice, edges: edges(of: place)))
        }

        private mutating func nextEdge() -> Edge? {
            while let last = stack.indices.last {
                if let edge = stack[last].edges.popLast() { return edge }
                let identity = ObjectIdentifier(stack[last].place.node)
                finished.insert(identity)
                positions[identity] = nil
                stack.removeLast()
            }
            return nil
        }

        private func edges(of place: Place) -> [Edge] {
            var edges: [Edge] = []
            if cycles.parent(referredFrom: place.node) == nil, let uri = place.node["$ref"]?.string,
                let target = resolver.targets[uri]
            {
                edges.append(Edge(target: target, isChoice: false, link: place))
            }
            for (keyword, isChoice) in [("allOf", false), ("oneOf", true), ("anyOf", true)] {
                edges += (place[keyword]?.elements ?? []).map { Edge(target: $0, isChoice: isChoice) }
            }
            for keyword in ["not", "if", "then", "else"] {
                if let schema = place[keyword] { edges.append(Edge(target: schema, isChoice: false)) }
            }
            edges += (place["dependentSchemas"]?.members ?? []).map { Edge(target: $0.place, isChoice: false) }
            return edges
        }

        /// A circle: the schemas on the stack from `start`, closed by `edge`.
        private mutating func close(at start: Int, by edge: Edge) {
            let way = stack[start...]
            let choice = way.dropFirst().lastIndex { $0.isChoice }
            guard let choice, let link = edge.link, way.contains(where: { SchemaCycles.extends($0.place) }) else {
                diagnostics.error(
                    "the schema applies itself to the same value and never ends",
                    at: edge.link ?? way.last?.place ?? edge.target,
                    hint: "remove one of the references of the circle")
                return
            }
            // The parent is the schema with the oneOf; the cut is where the circle comes back to it.
            let parent = stack[choice - 1].place
            if parent.node === edge.target.node {
                cycles.cut(link, to: parent)
                return
            }
            cutInside(way, parent: parent, closing: link, target: edge.target)
        }

        /// The search came upon the circle elsewhere than at its parent: the reference to the parent is among the frames.
        private mutating func cutInside(_ way: ArraySlice<Frame>, parent: Place, closing link: Place, target: Place) {
            for frame in way {
                guard let uri = frame.place.node["$ref"]?.string, let next = resolver.targets[uri],
                    next.node === parent.node
                else { continue }
                cycles.cut(frame.place, to: parent)
                return
            }
            diagnostics.error(
                "the schema applies itself to the same value and never ends", at: link,
                hint: "remove one of the references of the circle")
        }
    }
}
