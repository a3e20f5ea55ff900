import LockstepDocument

/// Which named schemas requests and responses reach.
struct Reach {
    private(set) var requests: Set<String> = []
    private(set) var responses: Set<String> = []
    private let description: APIDescription

    init(_ description: APIDescription) {
        self.description = description
        for operation in description.operations { add(operation) }
        for message in description.messages { add(message) }
    }

    /// The views in which a named schema needs a type, the plainly named one first.
    func views(of schema: NamedSchema) -> [View] {
        guard schema.reachesReadOnly || schema.reachesWriteOnly else { return [.whole] }
        switch (responses.contains(schema.name), requests.contains(schema.name)) {
        case (true, true): return [.response, .request]
        case (true, false): return [.response]
        case (false, true): return [.request]
        case (false, false): return [.whole]
        }
    }

    private mutating func add(_ operation: Operation) {
        let (input, output) = (operation.inputView, operation.outputView)
        for parameter in operation.parameters { add(parameter.schema, input) }
        for content in operation.requestBody?.contents ?? [] { add(content, input) }
        for response in operation.responses {
            for header in response.headers { add(header.schema, output) }
            for content in response.contents { add(content, output) }
        }
    }

    private mutating func add(_ content: MediaContent, _ view: View) {
        if let schema = content.schema { add(schema, view) }
        if let schema = content.itemSchema { add(schema, view) }
    }

    private mutating func add(_ schema: Schema, _ view: View) {
        switch schema.kind {
        case .any, .never, .null, .boolean, .integer, .number, .string, .enumeration: break
        case .array(let items): add(items, view)
        case .map(let values): add(values, view)
        case .tuple(let tuple): for element in tuple.prefix + [tuple.rest].compactMap({ $0 }) { add(element, view) }
        case .object(let object):
            for property in object.properties(in: view) { add(property.schema, view) }
            if case .schema(let values) = object.additional { add(values, view) }
        case .union(let union): for alternative in union.alternatives { add(alternative.schema, view) }
        case .reference(let name): addNamed(name, view)
        }
    }

    private mutating func addNamed(_ name: String, _ view: View) {
        let isNew = view == .request ? requests.insert(name).inserted : responses.insert(name).inserted
        if isNew, let target = description.schema(named: name) { add(target.schema, view) }
    }
}
