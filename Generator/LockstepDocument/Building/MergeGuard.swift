/// Keeps merges of schemas finite: two that refer to themselves have no type without names that is all of both, and merges that
/// double at each level have one that nobody could compile.
///
/// A value that is valid is valid by each of the schemas, so where a merge ends the type of one of them is right, if less exact.
final class MergeGuard {
    private var open: Set<Pair> = []
    private var count = 0
    private static let depthLimit = 64
    private static let countLimit = 2000
    private static let sizeLimit = 3000
    private static let tooMuch =
        "too much is merged here; the type follows the first of the schemas from some depth on"

    private struct Pair: Hashable {
        var left: String
        var right: String
    }

    /// Merges two schemas of which one is a reference, or says why not.
    func enter(
        _ left: Schema, _ right: Schema, _ merge: () -> Schema, orElse fallback: (_ reason: String) -> Schema
    ) -> Schema {
        if open.isEmpty { count = 0 }
        count += 1
        guard count <= Self.countLimit, open.count < Self.depthLimit else {
            return fallback(Self.tooMuch)
        }
        let pair = Pair(left: Self.identity(of: left), right: Self.identity(of: right))
        guard open.insert(pair).inserted else {
            return fallback("the schemas that are merged here contain themselves; inside, the type follows the first")
        }
        defer { open.remove(pair) }
        let result = merge()
        var budget = Self.sizeLimit
        return result.fits(in: &budget) ? result : fallback(Self.tooMuch)
    }

    /// Builds a schema on its own, so that what it merges is not counted with what is being merged.
    func apart(_ build: () -> Schema) -> Schema {
        let (outerOpen, outerCount) = (open, count)
        open = []
        defer { (open, count) = (outerOpen, outerCount) }
        return build()
    }

    private static func identity(of schema: Schema) -> String {
        if case .reference(let name) = schema.kind { name } else { schema.uri }
    }
}

extension Schema {
    /// Whether what is written in place here, references aside, has no more parts than the budget, which it uses up.
    fileprivate func fits(in budget: inout Int) -> Bool {
        budget -= 1
        guard budget >= 0 else { return false }
        switch kind {
        case .any, .never, .null, .boolean, .integer, .number, .string, .enumeration, .reference: return true
        case .array(let items), .map(let items): return items.fits(in: &budget)
        case .tuple(let tuple):
            for item in tuple.prefix where !item.fits(in: &budget) { return false }
            return tuple.rest?.fits(in: &budget) ?? true
        case .object(let object):
            for property in object.properties where !property.schema.fits(in: &budget) { return false }
            if case .schema(let values) = object.additional { return values.fits(in: &budget) }
            return true
        case .union(let union):
            for alternative in union.alternatives where !alternative.schema.fits(in: &budget) { return false }
            return true
        }
    }
}
