import LockstepJSON

/// Collects a program's words. Places that are not known yet are labels, filled in at the end.
struct Assembler {
    private(set) var words: [Int32]
    private(set) var blob: [UInt8] = []
    private(set) var constants: [JSONValue] = []
    private(set) var patterns: [(translated: String, source: String)] = []
    /// Where each schema's words start, for the comments of the serialised text.
    private(set) var comments: [(offset: Int, text: String)] = []
    private var texts: [String: Int32] = [:]
    private var patternIndices: [String: Int32] = [:]
    private var lists: [String: Int] = [:]
    private var offsets: [Int32] = []
    private var open: [(position: Int, label: Int)] = []

    /// Words of one part that are being put together.
    struct Part {
        var words: [Int32] = []
        var open: [(position: Int, label: Int)] = []

        mutating func append(_ word: Int) { words.append(Int32(clamping: word)) }

        mutating func append(label: Int?) {
            if let label { open.append((words.count, label)) }
            words.append(0)
        }

        mutating func set(_ position: Int, label: Int?) {
            if let label { open.append((position, label)) }
        }
    }

    init() {
        words = [Int32](repeating: 0, count: Layout.start)
        words[Layout.trueNode] = Layout.Node.allKinds | Layout.Node.isSimple
    }

    // MARK: Labels

    mutating func newLabel() -> Int {
        offsets.append(-1)
        return offsets.count - 1
    }

    mutating func label(at offset: Int) -> Int {
        offsets.append(Int32(offset))
        return offsets.count - 1
    }

    /// Adds a part; its offset.
    mutating func add(_ part: Part, comment: String? = nil) -> Int {
        let start = words.count
        if let comment { comments.append((start, comment)) }
        words += part.words
        open += part.open.map { (start + $0.position, $0.label) }
        return start
    }

    mutating func bind(_ label: Int, to offset: Int) { offsets[label] = Int32(offset) }

    /// Makes `label` mean the same place as `other`.
    func offset(of label: Int) -> Int { Int(offsets[label]) }

    mutating func fillLabels() {
        for (position, label) in open { words[position] = offsets[label] }
        open = []
    }

    // MARK: Data

    /// The place of a text in the blob.
    mutating func text(_ text: String) -> (offset: Int, length: Int) {
        let length = text.utf8.count
        if let known = texts[text] { return (Int(known), length) }
        let offset = blob.count
        blob.append(contentsOf: text.utf8)
        texts[text] = Int32(offset)
        return (offset, length)
    }

    /// Appends a name: its place, its length and its first eight bytes, by which most names are told apart.
    mutating func append(name: String, to part: inout Part) {
        let place = text(name)
        var prefix: UInt64 = 0
        for (index, byte) in name.utf8.prefix(8).enumerated() { prefix |= UInt64(byte) << UInt64(index * 8) }
        part.append(place.offset)
        part.append(place.length)
        part.words.append(Int32(truncatingIfNeeded: prefix))
        part.words.append(Int32(truncatingIfNeeded: prefix >> 32))
    }

    /// The index of a pattern that has been translated.
    mutating func pattern(_ translated: String, source: String) -> Int {
        if let known = patternIndices[source] { return Int(known) }
        patterns.append((translated, source))
        patternIndices[source] = Int32(patterns.count - 1)
        return patterns.count - 1
    }

    /// A list of constants: count, then their indices. Equal lists are one.
    mutating func constants(_ values: [JSONValue]) -> Int {
        let text = JSONValue.array(values).text
        if let known = lists[text] { return known }
        var part = Part()
        part.append(values.count)
        for value in values {
            part.append(constants.count)
            constants.append(value)
        }
        let list = add(part)
        lists[text] = list
        return list
    }

    /// A number constant.
    mutating func number(_ text: String) -> Int {
        let place = self.text(text)
        var part = Part()
        part.append(place.offset)
        part.append(place.length)
        if let decimal = Decimal(text), let coefficient = Int64(exactly: decimal.coefficient),
            coefficient.magnitude < 1_000_000_000_000_000_000, (-18...0).contains(decimal.exponent)
        {
            part.append(1)
            part.words.append(Int32(truncatingIfNeeded: coefficient))
            part.words.append(Int32(truncatingIfNeeded: coefficient >> 32))
            part.append(decimal.exponent)
        } else {
            part.words += [0, 0, 0, 0]
        }
        return add(part)
    }

    /// A hash table of name indices + 1 with a power of two of places, for more than a few names.
    mutating func hashTable(_ names: [String]) -> (offset: Int, mask: Int) {
        guard names.count > 8 else { return (0, 0) }
        var size = 16
        while size < names.count * 2 { size *= 2 }
        var part = Part(words: [Int32](repeating: 0, count: size))
        for (index, name) in names.enumerated() {
            var place = NameHash.hash(name) & (size - 1)
            while part.words[place] != 0 { place = (place + 1) & (size - 1) }
            part.words[place] = Int32(index + 1)
        }
        return (add(part), size - 1)
    }
}

/// The hash of names in the tables of a program. The tables are fixed and only looked up, so no input can crowd them.
enum NameHash {
    static func hash(_ name: String) -> Int {
        var name = name
        return name.withUTF8 { hash(ByteView($0), 0, $0.count) }
    }

    static func hash(_ bytes: ByteView, _ start: Int, _ length: Int) -> Int {
        var hash: UInt32 = 2_166_136_261
        for index in start..<(start &+ length) { hash = (hash ^ UInt32(bytes[index])) &* 16_777_619 }
        return Int(hash >> 1)
    }
}
