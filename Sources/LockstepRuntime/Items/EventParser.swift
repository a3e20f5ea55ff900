/// Puts the lines of a `text/event-stream` together to events (HTML §9.2.6).
///
/// Comments and unknown fields are passed over, and so are events without data; what stands behind the last empty line is
/// no event.
struct EventParser {
    /// The fields of one event, as they were sent.
    struct Event: Equatable {
        var data: [UInt8] = []
        var event: [UInt8]?
        var id: [UInt8]?
        var retry: Int?
    }

    private let limit: Int
    private var current = Event()
    private var hasData = false

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes the next line, without its end. An empty one ends an event.
    mutating func take(_ line: ArraySlice<UInt8>) throws(ItemSplitter.TooLong) -> Event? {
        guard !line.isEmpty else {
            defer {
                current = Event()
                hasData = false
            }
            return hasData ? current : nil
        }
        let colon = line.firstIndex(of: 0x3A) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == 0x20 { value = value.dropFirst() }
        let name = line[..<colon]
        if name.elementsEqual("data".utf8) {
            guard current.data.count + value.count < limit else { throw ItemSplitter.TooLong() }
            if hasData { current.data.append(0x0A) }
            current.data.append(contentsOf: value)
            hasData = true
        } else if name.elementsEqual("event".utf8) {
            current.event = Array(value)
        } else if name.elementsEqual("id".utf8) {
            if !value.contains(0) { current.id = Array(value) }
        } else if name.elementsEqual("retry".utf8) {
            let isNumber = (1...15).contains(value.count) && value.allSatisfy { (0x30...0x39).contains($0) }
            if isNumber { current.retry = value.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        }
        return nil
    }
}
