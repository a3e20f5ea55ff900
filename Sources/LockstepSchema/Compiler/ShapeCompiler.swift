import LockstepJSON

/// What a compiled shape is made from. Shapes are compared by value: equal ones share their words.
struct ShapeKey: Hashable {
    var shape: Shape
    var direction: SchemaCompiler.Direction

    init(_ shape: Shape, _ direction: SchemaCompiler.Direction) {
        self.shape = shape
        self.direction = direction
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(direction)
        Self.combine(shape, into: &hasher)
    }

    /// What tells most shapes apart: names, not all that lies under them.
    private static func combine(_ shape: Shape, into hasher: inout Hasher) {
        switch shape {
        case .any: break
        case .scalar(let kind): hasher.combine(kind)
        case .enumeration(let values): hasher.combine(values.count)
        case .object(let properties, _): for property in properties { hasher.combine(property.name) }
        case .array(let inner), .map(let inner), .nullable(let inner): combine(inner, into: &hasher)
        case .tuple(let elements, _, _): hasher.combine(elements.count)
        case .union(let alternatives, _): for alternative in alternatives { hasher.combine(alternative.schema) }
        case .named(let name): hasher.combine(name)
        }
    }
}

extension ProgramBuilder {
    /// The label of a shape; its words follow from the queue.
    func shapeLabel(_ shape: Shape, _ direction: SchemaCompiler.Direction) -> Int {
        let key = ShapeKey(shape, direction)
        if let known = shapeLabels[key] { return known }
        let label = assembler.newLabel()
        shapeLabels[key] = label
        pendingShapes.append((key, label))
        return label
    }

    func compileShape(_ key: ShapeKey, _ label: Int) {
        var nullable = false
        var shape = key.shape
        for _ in 0..<64 {
            if case .nullable(let inner) = shape {
                nullable = true
                shape = inner
            } else if case .named(let name) = shape {
                guard let named = shapes[name] else {
                    diagnostics.append(SchemaDiagnostic(uri: "", pointer: "", message: "no shape is named \(name)"))
                    break
                }
                shape = named
            }
        }
        var part = Assembler.Part()
        part.append(0)
        part.append(nullable ? 1 : 0)
        let code = compileShape(shape, key.direction, &part)
        part.words[Layout.ShapePart.code] = code.rawValue
        assembler.bind(label, to: assembler.add(part))
    }

    private func compileShape(
        _ shape: Shape, _ direction: SchemaCompiler.Direction, _ part: inout Assembler.Part
    ) -> Layout.ShapeCode {
        switch shape {
        case .any, .nullable, .named: return .any
        case .scalar(let kind):
            part.append(ScalarKind.allCases.firstIndex(of: kind) ?? 0)
            return .scalar
        case .enumeration(let values):
            part.append(assembler.constants(values))
            return .enumeration
        case .object(let properties, let additional):
            objectShape(properties, additional, direction, &part)
            return .object
        case .array(let element), .map(let element):
            part.append(label: shapeLabel(element, direction))
            part.append(hasFrame(element) ? 1 : 0)
            if case .array = shape { return .array }
            return .map
        case .tuple(let elements, let required, let rest):
            part.append(elements.count)
            part.append(required)
            part.append(label: rest.map { shapeLabel($0, direction) })
            part.append(rest.map { hasFrame($0) } == true ? 1 : 0)
            for element in elements { part.append(label: shapeLabel(element, direction)) }
            return .tuple
        case .union(let alternatives, let discriminator):
            unionShape(alternatives, discriminator, direction, &part)
            return .union
        }
    }

    private func objectShape(
        _ properties: [ShapeProperty], _ additional: Shape?, _ direction: SchemaCompiler.Direction,
        _ part: inout Assembler.Part
    ) {
        let hash = assembler.hashTable(properties.map(\.name))
        part.append(properties.count)
        part.append(label: additional.map { shapeLabel($0, direction) })
        part.append(hash.offset)
        part.append(hash.mask)
        for property in properties {
            assembler.append(name: property.name, to: &part)
            part.append(label: shapeLabel(property.shape, direction))
            part.append((property.isRequired ? 1 : 0) | (property.isLenient ? 2 : 0))
        }
    }

    private func unionShape(
        _ alternatives: [ShapeAlternative], _ discriminator: String?, _ direction: SchemaCompiler.Direction,
        _ part: inout Assembler.Part
    ) {
        let values = alternatives.enumerated().flatMap { branch, alternative in
            alternative.values.map { BranchChoice.Value(text: $0, branch: branch) }
        }
        let choice = discriminator.map { BranchChoice(property: $0, values: values, isExclusive: false) }
        part.append(alternatives.count)
        assembler.append(choice, to: &part)
        part.append(0)
        for alternative in alternatives {
            if let location = index.resolve(all: alternative.schema) {
                part.append(label: label(location, direction, alternative.shape))
            } else {
                diagnostics.append(
                    SchemaDiagnostic(
                        uri: alternative.schema, pointer: "", message: "an alternative's schema does not exist"))
                part.append(0)
            }
        }
    }

    /// Whether values of a shape need more than their place on the tape.
    func hasFrame(_ shape: Shape, _ depth: Int = 0) -> Bool {
        switch shape {
        case .any, .scalar: false
        case .enumeration, .tuple, .union: true
        case .object(let properties, let additional): !properties.isEmpty || additional != nil
        case .array(let element), .map(let element): hasFrame(element, depth + 1)
        case .nullable(let inner): hasFrame(inner, depth + 1)
        case .named(let name): depth > 32 || (shapes[name].map { hasFrame($0, depth + 1) } ?? false)
        }
    }
}
