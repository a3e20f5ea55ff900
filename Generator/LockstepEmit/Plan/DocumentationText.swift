import LockstepDocument

/// What the documentation comment of a declaration says about a schema.
enum DocumentationText {
    /// The document's prose and, where it names bounds, a sentence with them.
    static func of(_ schema: Schema) -> String? {
        let prose = schema.description ?? schema.title
        let limits = limits(of: schema)
        let parts = [prose, limits].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
    }

    /// `0.01 … 99999999.99`, `At most 140 characters.`
    private static func limits(of schema: Schema) -> String? {
        let limits = schema.constraints
        var sentences: [String] = []
        if let range = range(limits) { sentences.append(range) }
        if let factor = limits.multipleOf { sentences.append("A multiple of \(factor).") }
        if let text = count(limits.minLength, limits.maxLength, "character") { sentences.append(text) }
        if let text = count(limits.minItems, limits.maxItems, "element") { sentences.append(text) }
        if limits.uniqueItems { sentences.append("No element twice.") }
        if let text = count(limits.minProperties, limits.maxProperties, "member") { sentences.append(text) }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    private static func range(_ limits: Constraints) -> String? {
        let low = limits.minimum ?? limits.exclusiveMinimum
        let high = limits.maximum ?? limits.exclusiveMaximum
        switch (low, high) {
        case (let low?, let high?):
            let left = limits.minimum == nil ? "More than \(low)" : low
            let right = limits.maximum == nil ? "less than \(high)" : high
            return "\(left) … \(right)."
        case (let low?, nil): return limits.minimum == nil ? "More than \(low)." : "At least \(low)."
        case (nil, let high?): return limits.maximum == nil ? "Less than \(high)." : "At most \(high)."
        case (nil, nil): return nil
        }
    }

    private static func count(_ low: Int?, _ high: Int?, _ unit: String) -> String? {
        let low = low == 0 ? nil : low
        switch (low, high) {
        case (let low?, let high?) where low == high: return "Exactly \(low) \(plural(unit, low))."
        case (let low?, let high?): return "\(low) to \(high) \(plural(unit, high))."
        case (let low?, nil): return "At least \(low) \(plural(unit, low))."
        case (nil, let high?): return "At most \(high) \(plural(unit, high))."
        case (nil, nil): return nil
        }
    }

    private static func plural(_ unit: String, _ count: Int) -> String { count == 1 ? unit : unit + "s" }
}
