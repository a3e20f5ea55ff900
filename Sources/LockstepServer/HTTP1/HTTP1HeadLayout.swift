/// Where the parts of a head lie in its bytes. Offsets are relative to the first byte of the head.
struct HTTP1HeadLayout: Sendable {
    var methodStart = 0
    var methodEnd = 0
    var targetStart = 0
    var targetEnd = 0
    /// 1 for HTTP/1.1, 0 for HTTP/1.0.
    var minorVersion: UInt8 = 1
    var fields: [HTTP1FieldRange] = []

    /// Forgets the last head and keeps the memory.
    mutating func removeAll() {
        fields.removeAll(keepingCapacity: true)
    }
}

/// One field of a head: the ranges of its name and of its value without the whitespace around it.
struct HTTP1FieldRange: Sendable, Equatable {
    var nameStart: UInt32
    var nameEnd: UInt32
    var valueStart: UInt32
    var valueEnd: UInt32
}
