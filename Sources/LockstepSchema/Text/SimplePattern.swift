/// A pattern of the kind that most schemas use: ASCII characters and classes, groups, alternatives and quantifiers, with
/// `^` and `$` at the ends only. It has no back references and looks nowhere around, so an automaton can run it.
struct SimplePattern {
    indirect enum Node {
        /// One of a set of ASCII characters.
        case characters(ASCIISet)
        case sequence([Node])
        case choice([Node])
        /// -1 for no maximum
        case repeated(Node, Int, Int)
    }

    let root: Node
    let startsAtStart: Bool
    let endsAtEnd: Bool

    /// Reads a pattern; nil when it is of another kind.
    init?(_ source: String) {
        var bytes = Array(source.utf8)
        guard bytes.count <= 256, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        startsAtStart = bytes.first == UInt8(ascii: "^")
        if startsAtStart { bytes.removeFirst() }
        endsAtEnd = bytes.last == UInt8(ascii: "$") && bytes.dropLast().last != UInt8(ascii: "\\")
        if endsAtEnd { bytes.removeLast() }
        var reader = Reader(bytes: bytes)
        guard let root = reader.choice(0), reader.position == bytes.count else { return nil }
        // The anchors of `^a|b$` belong to one alternative each.
        if case .choice = root, startsAtStart || endsAtEnd { return nil }
        self.root = root
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0
        /// More steps than an automaton may have.
        private static let maximumRepeat = 1_000

        private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        private mutating func take(_ character: Character) -> Bool {
            guard let ascii = character.asciiValue, next == ascii else { return false }
            position += 1
            return true
        }

        mutating func choice(_ depth: Int) -> Node? {
            guard depth < 16 else { return nil }
            var branches: [Node] = []
            repeat {
                guard let branch = sequence(depth) else { return nil }
                branches.append(branch)
            } while take("|")
            return branches.count == 1 ? branches[0] : .choice(branches)
        }

        private mutating func sequence(_ depth: Int) -> Node? {
            var parts: [Node] = []
            while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
                guard let atom = atom(depth), let part = quantified(atom) else { return nil }
                parts.append(part)
            }
            return .sequence(parts)
        }

        private mutating func atom(_ depth: Int) -> Node? {
            if take("(") {
                if take("?") {
                    guard take(":") else { return nil }
                }
                guard let inner = choice(depth + 1), take(")") else { return nil }
                // Kept as a sequence, so that only alternatives at the top count as such.
                return .sequence([inner])
            }
            if take("[") { return characterClass().map { .characters($0) } }
            if take("\\") { return escape(inClass: false).map { .characters($0) } }
            guard let byte = next, !"^$.*+?{}]".utf8.contains(byte) else { return nil }
            position += 1
            return .characters(ASCIISet(byte))
        }

        private mutating func quantified(_ atom: Node) -> Node? {
            var result = atom
            if take("*") {
                result = .repeated(atom, 0, -1)
            } else if take("+") {
                result = .repeated(atom, 1, -1)
            } else if take("?") {
                result = .repeated(atom, 0, 1)
            } else if take("{") {
                guard let minimum = number() else { return nil }
                var maximum = minimum
                if take(",") { maximum = number() ?? -1 }
                guard take("}"), maximum < 0 || maximum >= minimum, max(minimum, maximum) < Self.maximumRepeat else {
                    return nil
                }
                result = .repeated(atom, minimum, maximum)
            } else {
                return result
            }
            // A lazy quantifier finds the same strings.
            _ = take("?")
            if let byte = next, "*+?{".utf8.contains(byte) { return nil }
            return result
        }

        private mutating func number() -> Int? {
            var value: Int?
            while let byte = next, TextFormats.isDigit(byte) {
                value = min((value ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), Self.maximumRepeat)
                position += 1
            }
            return value
        }

        private mutating func characterClass() -> ASCIISet? {
            var set = ASCIISet()
            if next == UInt8(ascii: "^") || next == UInt8(ascii: "]") { return nil }
            while let byte = next, byte != UInt8(ascii: "]") {
                position += 1
                if byte == UInt8(ascii: "\\") {
                    guard let escaped = escape(inClass: true) else { return nil }
                    set.formUnion(escaped)
                    // `\d-x` and `\.-x` are left to the other engine.
                    if next == UInt8(ascii: "-"), position + 1 < bytes.count, bytes[position + 1] != UInt8(ascii: "]") {
                        return nil
                    }
                    continue
                }
                if next == UInt8(ascii: "-"), position + 1 < bytes.count, bytes[position + 1] != UInt8(ascii: "]") {
                    let last = bytes[position + 1]
                    guard last != UInt8(ascii: "\\"), byte <= last else { return nil }
                    set.insert(byte...last)
                    position += 2
                } else {
                    set.insert(byte...byte)
                }
            }
            return take("]") ? set : nil
        }

        private mutating func escape(inClass: Bool) -> ASCIISet? {
            guard let byte = next else { return nil }
            position += 1
            var set = ASCIISet()
            switch byte {
            case UInt8(ascii: "d"): set.insert(UInt8(ascii: "0")...UInt8(ascii: "9"))
            case UInt8(ascii: "w"):
                set.insert(UInt8(ascii: "0")...UInt8(ascii: "9"))
                set.insert(UInt8(ascii: "a")...UInt8(ascii: "z"))
                set.insert(UInt8(ascii: "A")...UInt8(ascii: "Z"))
                set.insert(UInt8(ascii: "_")...UInt8(ascii: "_"))
            default:
                guard "^$\\.*+?()[]{}|/".utf8.contains(byte) || byte == UInt8(ascii: "-") && inClass else { return nil }
                set = ASCIISet(byte)
            }
            return set
        }
    }
}

/// A set of ASCII characters.
struct ASCIISet: Hashable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init() {}

    init(_ byte: UInt8) { insert(byte...byte) }

    mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range where byte < 128 {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
    }

    mutating func formUnion(_ other: ASCIISet) {
        low |= other.low
        high |= other.high
    }

    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low >> UInt64(byte) & 1 != 0 : byte < 128 && high >> UInt64(byte - 64) & 1 != 0
    }
}
