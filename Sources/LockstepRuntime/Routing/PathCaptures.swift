/// Where the path parameters of a matched template lie, as byte offsets into the path.
struct PathCaptures: Sendable, Equatable {
    private var ranges: [Range<Int32>] = []

    var count: Int { ranges.count }

    subscript(_ index: Int) -> Range<Int> {
        Int(ranges[index].lowerBound)..<Int(ranges[index].upperBound)
    }

    mutating func append(_ range: Range<Int>) {
        ranges.append(Int32(clamping: range.lowerBound)..<Int32(clamping: range.upperBound))
    }

    mutating func truncate(to count: Int) {
        ranges.removeLast(ranges.count - count)
    }
}
