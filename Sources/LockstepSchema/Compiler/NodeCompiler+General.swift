import LockstepJSON

extension NodeCompiler {
    /// `const`, `enum` and everything that applies further schemas to the same value.
    mutating func generalPart() -> Int {
        var part = Assembler.Part()
        part.append(0)
        func step(_ code: Layout.Step, _ first: Int) {
            part.words += [code.rawValue, Int32(first), 0]
            part.words[0] += 1
        }
        func step(_ code: Layout.Step, label: Int) {
            part.append(Int(code.rawValue))
            part.append(label: label)
            part.append(0)
            part.words[0] += 1
        }
        if let value = assertion("const") { step(.constant, builder.assembler.constants([value])) }
        if let value = assertion("enum") {
            if let values = value.array {
                step(.enumeration, builder.assembler.constants(values))
            } else {
                report("enum", "must be an array")
            }
        }
        if let value = keywords["$ref"], let target = builder.resolve(value, keyword: "$ref", at: location) {
            var shape = Shape.any
            if case .reference = plan { shape = ownShape }
            step(.reference, label: builder.sameValueLabel(target, key, shape))
        }
        for position in 0..<branchCount("allOf") {
            let shape = elementShape("allOf", position)
            step(.reference, label: builder.sameValueLabel(location.child("allOf", String(position)), key, shape))
        }
        for (keyword, code) in [("anyOf", Layout.Step.anyOf), ("oneOf", .oneOf)] where branchCount(keyword) > 0 {
            step(code, branches(keyword))
        }
        if keywords["not"] != nil { step(.not, label: builder.sameValueLabel(location.child("not"), key)) }
        if keywords["if"] != nil { condition(&part) }
        if let value = keywords["$dynamicRef"] { dynamicReference(value, &part) }
        return part.words[0] == 0 ? 0 : builder.assembler.add(part)
    }

    private func condition(_ part: inout Assembler.Part) {
        var outcomes = Assembler.Part()
        for keyword in ["then", "else"] {
            outcomes.append(label: keywords[keyword].map { _ in builder.sameValueLabel(location.child(keyword), key) })
        }
        let offset = builder.assembler.add(outcomes)
        part.append(Int(Layout.Step.condition.rawValue))
        part.append(label: builder.sameValueLabel(location.child("if"), key))
        part.append(offset)
        part.words[0] += 1
    }

    private func dynamicReference(_ value: JSONValue, _ part: inout Assembler.Part) {
        guard let target = builder.resolve(value, keyword: "$dynamicRef", at: location) else { return }
        let name = URIReference(value.string ?? "").decodedFragment
        let fallback = builder.label(target, key.direction)
        // Only an anchor that is dynamic where it is first found looks for its namesakes outside.
        guard builder.index.value(target)?["$dynamicAnchor"]?.string == name else {
            part.append(Int(Layout.Step.reference.rawValue))
            part.append(label: fallback)
            part.append(0)
            part.words[0] += 1
            return
        }
        part.append(Int(Layout.Step.dynamicReference.rawValue))
        part.append(label: builder.dynamicTable(name, key.direction))
        part.append(label: fallback)
        part.words[0] += 1
    }

    /// The table of the alternatives of `anyOf` or `oneOf`.
    private func branches(_ keyword: String) -> Int {
        let locations = (0..<branchCount(keyword)).map { location.child(keyword, String($0)) }
        let analysis = BranchAnalysis(index: builder.index)
        let choice = analysis.choice(locations, discriminator: keywords["discriminator"], at: location)
        var part = Assembler.Part()
        part.append(locations.count)
        builder.assembler.append(choice, to: &part)
        let (recording, shapes) = branchShapes(keyword, locations.count)
        part.append(recording)
        for (place, shape) in zip(locations, shapes) {
            part.append(label: builder.sameValueLabel(place, key, shape.shape))
        }
        if recording == 1 { for shape in shapes { part.append(shape.alternative) } }
        return builder.assembler.add(part)
    }

    /// What the branches record, and the number of the union's alternative that each of them is.
    private func branchShapes(_ keyword: String, _ count: Int) -> (Int, [(shape: Shape, alternative: Int)]) {
        switch plan {
        case .union(keyword, let branches, let alternatives):
            let isNullable = builder.planner.resolve(ownShape).isNullable
            let shapes = branches.enumerated().map { position, branch -> (shape: Shape, alternative: Int) in
                guard let branch else { return (.any, -1) }
                let shape = alternatives[branch].shape
                // The null of the whole union may be one that this alternative takes.
                let takesNull = isNullable && builder.planner.mayTakeNull(location.child(keyword, String(position)))
                return (takesNull ? .nullable(shape) : shape, branch)
            }
            return (1, shapes)
        case .element(keyword, let position):
            let place = location.child(keyword, String(position))
            var shape = ownShape
            if !builder.planner.mayTakeNull(place), case .nullable(let inner) = shape { shape = inner }
            return (2, (0..<count).map { ($0 == position ? shape : .any, -1) })
        default: return (0, [(Shape, Int)](repeating: (.any, -1), count: count))
        }
    }

    private var ownShape: Shape { key.shape?.shape ?? .any }

    private func elementShape(_ keyword: String, _ position: Int) -> Shape {
        if case .element(keyword, position) = plan { ownShape } else { .any }
    }

    /// What to record once the value fits.
    func recordPart() -> Int {
        var part = Assembler.Part()
        let isNullable = builder.planner.resolve(ownShape).isNullable
        func begin(_ code: Layout.Record) { part.words += [code.rawValue, isNullable ? 1 : 0] }
        switch plan {
        case .nothing: return 0
        case .scalar(let kind):
            begin(.scalar)
            part.append(ScalarKind.allCases.firstIndex(of: kind) ?? 0)
        case .enumeration(let values):
            begin(.enumeration)
            part.append(builder.assembler.constants(values))
        case .object(let properties, let additional):
            begin(.object)
            part.append(properties.count)
            part.append(additional == nil ? 0 : 1)
        case .array(let element):
            begin(.array)
            part.append(builder.hasFrame(element) ? 1 : 0)
        case .map(let element):
            begin(.map)
            part.append(builder.hasFrame(element) ? 1 : 0)
        case .union, .reference, .element: begin(.inner)
        case .separate:
            begin(.shape)
            part.append(label: builder.shapeLabel(ownShape, key.direction))
        }
        return builder.assembler.add(part)
    }
}

extension Assembler {
    /// Appends the property that tells branches apart, its values and whether they decide.
    mutating func append(_ choice: BranchChoice?, to part: inout Part) {
        guard let choice else {
            part.words += [0, -1, 0, 0]
            return
        }
        var values = Part()
        values.append(choice.values.count)
        for value in choice.values {
            let text = text(value.text)
            values.append(text.offset)
            values.append(text.length)
            values.append(value.branch)
            values.append(value.list.isEmpty ? 0 : constants(value.list.map(JSONValue.string)))
            values.append(value.list.firstIndex(of: value.text) ?? 0)
        }
        let text = text(choice.property)
        part.append(text.offset)
        part.append(text.length)
        part.append(add(values))
        part.append(choice.isExclusive ? 1 : 0)
    }
}
