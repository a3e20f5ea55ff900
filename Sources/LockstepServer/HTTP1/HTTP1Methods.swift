import LockstepRuntime

/// The methods this server implements (RFC 9110 section 9); they are case-sensitive.
enum HTTP1Methods {
    /// The value of `Allow` where TRACE or CONNECT is refused.
    static let allowed = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY"

    static func method(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(HTTP1Refusal) -> HTTPMethod {
        // The token is at most 32 bytes; those of up to 7 fit one word, which is compared instead of a string.
        guard end - start <= 7 else { throw .unknownMethod }
        var word: UInt64 = 0
        for index in start..<end { word = word << 8 | UInt64(bytes[index]) }
        switch word {
        case 0x47_4554: return .get
        case 0x504F_5354: return .post
        case 0x4845_4144: return .head
        case 0x50_5554: return .put
        case 0x50_4154_4348: return .patch
        case 0x4445_4C45_5445: return .delete
        case 0x4F_5054_494F_4E53: return .options
        case 0x51_5545_5259: return .query
        case 0x54_5241_4345, 0x43_4F4E_4E45_4354: throw .forbiddenMethod
        default: throw .unknownMethod
        }
    }
}
