public import LockstepRuntime

/// The strong entity tag of a payment: its id and version (RFC 9110 §8.8.3).
public struct EntityTag: Sendable, Equatable {
    /// As in `ETag`, with its quotes.
    public let text: String

    /// The tag of a version of a payment.
    public init(_ id: UUID, version: Int) {
        // By bytes, because every answer has one and characters cost a hundred times as much.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        bytes.append(UInt8(ascii: "\""))
        id.append(to: &bytes)
        bytes.removeAll { $0 == UInt8(ascii: "-") }
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: String(version).utf8)
        bytes.append(UInt8(ascii: "\""))
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether `If-Match: header` lets a change through: `*`, or a list with this tag. Weak tags never match here.
    public func matchesStrongly(_ header: String) -> Bool {
        EntityTag.list(header).contains { $0 == "*" || $0 == text }
    }

    /// Whether `If-None-Match: header` has this tag: weak tags count as well (RFC 9110 §13.1.2).
    public func matchesWeakly(_ header: String) -> Bool {
        EntityTag.list(header).contains { $0 == "*" || $0 == text || ($0.hasPrefix("W/") && $0.dropFirst(2) == text) }
    }

    /// Our tags hold no comma, so a comma always ends one.
    private static func list(_ header: String) -> [Substring] {
        header.split(separator: ",").map { item in
            var item = item
            while item.first == " " || item.first == "\t" { item.removeFirst() }
            while item.last == " " || item.last == "\t" { item.removeLast() }
            return item
        }
    }
}
