/// The keys of a Responses Object.
enum StatusKey {
    /// The status that a key means, or `nil` where it means none.
    static func parse(_ key: String) -> Response.Status? {
        if key == "default" { return .default }
        let bytes = Array(key.utf8)
        guard bytes.count == 3, (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(bytes[0]) else { return nil }
        if bytes[1] | 0x20 == UInt8(ascii: "x"), bytes[2] | 0x20 == UInt8(ascii: "x") {
            return .range(Int(bytes[0] - UInt8(ascii: "0")))
        }
        guard bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(key).map(Response.Status.code)
    }
}
