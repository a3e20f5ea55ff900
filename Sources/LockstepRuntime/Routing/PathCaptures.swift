/// Where the path parameters of a matched template lie, as byte offsets into the path.
///
/// Four, which is more than most templates have, are kept without an allocation.
struct PathCaptures: Sendable {
    private var first: InlineArray<4, Range<Int32>> = .init(repeating: 0..<0)
    private var rest: [Range<Int32>] = []

    private(set) var count = 0

    subscript(_ index: Int) -> Range<Int> {
        let range = index < first.count ? first[index] : rest[index - first.count]
        return Int(range.lowerBound)..<Int(range.upperBound)
    }

    mutating func append(_ range: Range<Int>) {
        let range = Int32(clamping: range.lowerBound)..<Int32(clamping: range.upperBound)
        if count < first.count { first[count] = range } else { rest.append(range) }
        count += 1
    }

    mutating func truncate(to count: Int) {
        rest.removeLast(max(0, rest.count - max(0, count - first.count)))
        self.count = count
    }
}
