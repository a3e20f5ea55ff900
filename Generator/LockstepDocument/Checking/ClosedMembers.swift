/// Finds members of an `allOf` that forbid what other members describe.
///
/// `additionalProperties: false` sees the properties beside it only, so what the other members have can never be there. Documents
/// that say so mean `unevaluatedProperties: false` beside the `allOf`.
struct ClosedMembers {
    let resolver: Resolver
    let diagnostics: DiagnosticList

    /// Checks the `allOf` of a schema.
    func check(_ schema: Place) {
        let members = (schema["allOf"]?.elements ?? []) + (schema["properties"] == nil ? [] : [schema])
        guard members.count > 1 else { return }
        let targets = members.map { target(of: $0, hops: 0) }
        for (index, closed) in targets.enumerated() {
            guard let flag = closed["additionalProperties"], flag.node.bool == false,
                closed.node["patternProperties"] == nil
            else { continue }
            let known = Set(closed["properties"]?.node.mapping?.keys ?? [])
            let others = targets.enumerated().filter { $0.offset != index && $0.element.node !== closed.node }
            let names = others.flatMap { $0.element["properties"]?.node.mapping?.keys ?? [] }
            guard let forbidden = names.first(where: { !known.contains($0) }) else { continue }
            diagnostics.warning(
                "'\(forbidden)' of another member of the allOf can never be there: this forbids it", at: flag,
                hint: "write unevaluatedProperties: false beside the allOf")
        }
    }

    private func target(of place: Place, hops: Int) -> Place {
        guard hops < 16, let uri = place.node["$ref"]?.string, let next = resolver.targets[uri],
            place.node.mapping?.count == 1
        else { return place }
        return target(of: next, hops: hops + 1)
    }
}
