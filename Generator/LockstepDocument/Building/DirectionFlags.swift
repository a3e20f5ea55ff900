/// Finds which named schemas reach `readOnly` and `writeOnly` properties.
enum DirectionFlags {
    /// What a schema reaches by itself, and the names it refers to.
    private struct Reach {
        var readOnly = false
        var writeOnly = false
        var names: Set<String> = []
    }

    static func mark(_ schemas: [NamedSchema]) -> [NamedSchema] {
        var reaches: [String: Reach] = [:]
        var users: [String: [String]] = [:]
        for schema in schemas {
            var reach = Reach()
            visit(schema.schema, &reach)
            reaches[schema.name] = reach
            for name in reach.names { users[name, default: []].append(schema.name) }
        }
        let readOnly = spread(from: schemas.map(\.name).filter { reaches[$0]?.readOnly == true }, users)
        let writeOnly = spread(from: schemas.map(\.name).filter { reaches[$0]?.writeOnly == true }, users)
        return schemas.map { schema in
            var result = schema
            result.reachesReadOnly = readOnly.contains(schema.name)
            result.reachesWriteOnly = writeOnly.contains(schema.name)
            return result
        }
    }

    private static func spread(from start: [String], _ users: [String: [String]]) -> Set<String> {
        var reached = Set(start)
        var pending = start
        while let name = pending.popLast() {
            for user in users[name] ?? [] where reached.insert(user).inserted { pending.append(user) }
        }
        return reached
    }

    private static func visit(_ schema: Schema, _ reach: inout Reach) {
        switch schema.kind {
        case .any, .never, .null, .boolean, .integer, .number, .string, .enumeration: break
        case .array(let items), .map(let items): visit(items, &reach)
        case .tuple(let tuple): for item in tuple.prefix + (tuple.rest.map { [$0] } ?? []) { visit(item, &reach) }
        case .object(let object):
            for property in object.properties {
                reach.readOnly = reach.readOnly || property.schema.isReadOnly
                reach.writeOnly = reach.writeOnly || property.schema.isWriteOnly
                visit(property.schema, &reach)
            }
            if case .schema(let values) = object.additional { visit(values, &reach) }
        case .union(let union): for alternative in union.alternatives { visit(alternative.schema, &reach) }
        case .reference(let name): reach.names.insert(name)
        }
    }
}
