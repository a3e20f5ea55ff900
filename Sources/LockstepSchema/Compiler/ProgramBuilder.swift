import LockstepJSON

/// Compiles schemas one after the other: each schema and direction becomes one node.
final class ProgramBuilder {
    /// What a node is made from.
    struct Key: Hashable {
        var location: SchemaLocation
        var direction: SchemaCompiler.Direction
        /// What to record; nil for a node that only checks.
        var shape: ShapeKey?
    }

    private struct DynamicKey: Hashable {
        var anchor: String
        var direction: SchemaCompiler.Direction
    }

    let index: SchemaIndex
    let planner: ShapePlanner
    var shapes: [String: Shape] { planner.shapes }
    var assembler = Assembler()
    var diagnostics: [SchemaDiagnostic] = []
    /// What was understood although it should be written otherwise.
    private(set) var warnings: [SchemaDiagnostic] = []
    /// Patterns that have been translated and tried: documents repeat them.
    private var readings: [String: PatternReading] = [:]
    var shapeLabels: [ShapeKey: Int] = [:]
    var pendingShapes: [(key: ShapeKey, label: Int)] = []
    var usesDynamicReferences: Bool { !dynamicTables.isEmpty }
    private var dynamicTables: [DynamicKey: (label: Int, targets: [String: Int])] = [:]
    private var labels: [Key: Int] = [:]
    private var pending: [(key: Key, label: Int)] = []
    private var resourceNumbers: [String: Int] = [:]
    /// Edges between nodes that apply to the same value, to refuse schemas that refer to themselves for ever.
    private var sameValue: [Int: [(label: Int, location: SchemaLocation)]] = [:]

    init(_ compiler: SchemaCompiler) {
        index = SchemaIndex(compiler.resources)
        planner = ShapePlanner(
            index: index, shapes: compiler.shapes, assertsFormats: compiler.assertsFormats,
            followsDialects: compiler.followsDialects)
    }

    func report(_ location: SchemaLocation, _ message: String) {
        let diagnostic = SchemaDiagnostic(uri: location.document, pointer: location.pointer, message: message)
        if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }

    func warn(_ location: SchemaLocation, _ message: String) {
        let diagnostic = SchemaDiagnostic(uri: location.document, pointer: location.pointer, message: message)
        if !warnings.contains(diagnostic) { warnings.append(diagnostic) }
    }

    typealias PatternReading = Result<(pattern: String, note: String?), PatternError>

    /// A pattern in PCRE2's syntax, known to compile.
    func reading(of source: String) -> PatternReading {
        if let known = readings[source] { return known }
        let reading: PatternReading
        do throws(PatternError) {
            reading = .success(try ECMAPattern.translateLeniently(source))
        } catch {
            reading = .failure(error)
        }
        readings[source] = reading
        return reading
    }

    /// The label of a schema's node; the node follows from the queue.
    func label(_ place: SchemaLocation, _ direction: SchemaCompiler.Direction, _ shape: Shape = .any) -> Int {
        // A schema that is a reference and nothing else needs no node, unless the way to a schema can matter.
        let location = index.hasDynamicAnchors ? place : planner.target(place)
        var key = Key(location: location, direction: direction)
        if case .nothing = planner.plan(location, shape) {} else { key.shape = ShapeKey(shape, direction) }
        if let known = labels[key] { return known }
        let label: Int
        switch index.value(location) {
        case .bool(let value) where !value || key.shape == nil:
            label = assembler.label(at: value ? Layout.trueNode : Layout.falseNode)
        case .bool, .object:
            label = assembler.newLabel()
            pending.append((key, label))
        default:
            label = assembler.label(at: Layout.trueNode)
            report(location, "is no schema: expected an object, true or false")
        }
        labels[key] = label
        return label
    }

    /// A node that applies to the same value as the one that is being compiled.
    func sameValueLabel(_ location: SchemaLocation, _ key: Key, _ shape: Shape = .any) -> Int {
        let target = label(location, key.direction, shape)
        if let source = labels[key] { sameValue[source, default: []].append((target, key.location)) }
        return target
    }

    /// Where a `$ref` leads; nil with a diagnostic when nowhere.
    func resolve(_ reference: JSONValue, keyword: String, at location: SchemaLocation) -> SchemaLocation? {
        guard let text = reference.string else {
            report(location.child(keyword), "must be a string that holds a URI reference")
            return nil
        }
        let target = index.resolve(text, from: index.base(of: location))
        if target == nil { report(location.child(keyword), "leads nowhere: \(text)") }
        return target
    }

    func resourceNumber(_ base: String) -> Int {
        if let known = resourceNumbers[base] { return known }
        resourceNumbers[base] = resourceNumbers.count + 1
        return resourceNumbers.count
    }

    /// Compiles all entries: names with the offsets of their nodes and shapes.
    func build(_ entries: [SchemaCompiler.Entry]) -> [ProgramEntry] {
        var built: [(name: String, node: Int)] = []
        for entry in entries {
            guard let location = index.resolve(entry.schema, from: "") else {
                diagnostics.append(
                    SchemaDiagnostic(uri: entry.schema, pointer: "", message: "entry \(entry.name): no such schema"))
                continue
            }
            built.append((entry.name, label(location, entry.direction, entry.shape)))
        }
        while true {
            if let next = pending.popLast() {
                compile(next.key, next.label)
            } else if let next = pendingShapes.popLast() {
                compileShape(next.key, next.label)
            } else if !addDynamicTargets() {
                break
            }
        }
        emitDynamicTables()
        refuseEndlessReferences()
        guard diagnostics.isEmpty else { return [] }
        assembler.fillLabels()
        return built.map {
            ProgramEntry(name: $0.name, node: assembler.offset(of: $0.node))
        }
    }

    // MARK: Dynamic references

    /// The label of the table of all schemas that a dynamic anchor may mean.
    func dynamicTable(_ anchor: String, _ direction: SchemaCompiler.Direction) -> Int {
        let key = DynamicKey(anchor: anchor, direction: direction)
        if let known = dynamicTables[key] { return known.label }
        let label = assembler.newLabel()
        dynamicTables[key] = (label, [:])
        return label
    }

    /// Adds the anchors of resources that have been reached; false when all are there.
    private func addDynamicTargets() -> Bool {
        var isNew = false
        // In an order of its own: equal documents give equal programs.
        for key in dynamicTables.sorted(by: { $0.value.label < $1.value.label }).map(\.key) {
            for base in resourceNumbers.keys.sorted() where dynamicTables[key]?.targets[base] == nil {
                guard let anchored = index.resource(base)?.dynamicAnchors[key.anchor] else { continue }
                dynamicTables[key]?.targets[base] = label(anchored, key.direction)
                isNew = true
            }
        }
        return isNew
    }

    private func emitDynamicTables() {
        for (label, targets) in dynamicTables.values.sorted(by: { $0.label < $1.label }) {
            var part = Assembler.Part()
            part.append(targets.count)
            for (base, target) in targets.sorted(by: { $0.key < $1.key }) {
                part.append(resourceNumber(base))
                part.append(label: target)
            }
            assembler.bind(label, to: assembler.add(part))
        }
    }

    private func compile(_ key: Key, _ label: Int) {
        let members = index.value(key.location)?.object ?? []
        let base = index.base(of: key.location)
        var compiler = NodeCompiler(
            builder: self, key: key,
            keywords: Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
            assertsValidation: index.resource(base)?.assertsValidation ?? true,
            assertsFormats: planner.checksFormats(key.location) || index.resource(base)?.assertsFormats ?? false,
            plan: key.shape.map { planner.plan(key.location, $0.shape) } ?? .nothing)
        var part = compiler.node()
        part.words[Layout.Node.resource] = Int32(resourceNumber(base))
        let comment = "\(key.location.document)#\(key.location.pointer)"
        let suffix = key.direction == .any ? "" : " (\(key.direction.rawValue))"
        assembler.bind(label, to: assembler.add(part, comment: comment + suffix))
    }

    /// A schema that applies itself to the same value again can never be decided.
    private func refuseEndlessReferences() {
        var state: [Int: Bool] = [:]  // false: on the path; true: done
        for start in sameValue.keys.sorted() where state[start] == nil {
            var path: [(label: Int, next: Int)] = [(start, 0)]
            state[start] = false
            while let (label, next) = path.last {
                let edges = sameValue[label] ?? []
                if next == edges.count {
                    state[label] = true
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let edge = edges[next]
                if state[edge.label] == false {
                    report(edge.location, "refers to itself without going into a part of the value: it never ends")
                } else if state[edge.label] == nil {
                    state[edge.label] = false
                    path.append((edge.label, 0))
                }
            }
        }
    }
}

/// A schema that callers can name, with the offsets of its node and shape.
struct ProgramEntry: Sendable {
    var name: String
    var node: Int
}
