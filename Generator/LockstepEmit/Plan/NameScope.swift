/// The names taken in one scope of the output. A name that is taken gets the first free alternative, then a number.
struct NameScope {
    private var taken: Set<String>

    /// A scope in which some names are taken from the start.
    init(taken: Set<String> = []) {
        self.taken = taken
    }

    func contains(_ name: String) -> Bool {
        taken.contains(name)
    }

    /// Takes the first free name of `name`, the `alternatives` in order, and `name2`, `name3`, ….
    mutating func claim(_ name: String, alternatives: [String] = []) -> String {
        for candidate in [name] + alternatives where taken.insert(candidate).inserted { return candidate }
        let base = alternatives.last ?? name
        var number = 2
        while !taken.insert(base + String(number)).inserted { number += 1 }
        return base + String(number)
    }

    /// Names for a list of raw names. A raw name that already is its Swift name keeps it, whatever the order, so
    /// that adding `user_name` beside `userName` does not rename the latter.
    mutating func claimAll(_ raws: [String], as convert: (String) -> String) -> [String] {
        var names: [String?] = Array(repeating: nil, count: raws.count)
        for (index, raw) in raws.enumerated() where convert(raw) == raw && !contains(raw) {
            names[index] = claim(raw)
        }
        return raws.enumerated().map { index, raw in names[index] ?? claim(convert(raw)) }
    }
}
