/// Strongly connected components of a graph (Tarjan), on a stack of its own.
struct CycleFinder {
    /// The component of each node that lies on a cycle.
    private(set) var components: [String: Int] = [:]
    private let edges: [String: [String]]
    private var index: [String: Int] = [:]
    private var low: [String: Int] = [:]
    private var open: [String] = []
    private var isOpen: Set<String> = []
    private var count = 0

    init(edges: [String: [String]]) {
        self.edges = edges
    }

    /// Finds the components that can be reached from a node.
    mutating func visit(_ start: String) {
        guard index[start] == nil else { return }
        var path: [(name: String, next: Int)] = [(start, 0)]
        enter(start)
        while let (name, next) = path.last {
            let targets = edges[name] ?? []
            if next < targets.count {
                path[path.count - 1].next += 1
                let target = targets[next]
                if index[target] == nil {
                    enter(target)
                    path.append((target, 0))
                } else if isOpen.contains(target) {
                    low[name] = min(low[name, default: 0], index[target, default: 0])
                }
                continue
            }
            path.removeLast()
            if let parent = path.last?.name { low[parent] = min(low[parent, default: 0], low[name, default: 0]) }
            if low[name] == index[name] { close(name) }
        }
    }

    private mutating func enter(_ name: String) {
        index[name] = index.count
        low[name] = index[name]
        open.append(name)
        isOpen.insert(name)
    }

    private mutating func close(_ root: String) {
        var members: [String] = []
        while let name = open.popLast() {
            isOpen.remove(name)
            members.append(name)
            if name == root { break }
        }
        let isCycle = members.count > 1 || (edges[root] ?? []).contains(root)
        guard isCycle else { return }
        for name in members { components[name] = count }
        count += 1
    }
}
