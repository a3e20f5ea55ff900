import Foundation

/// The same payment for `JSONDecoder`, with nothing checked. The amount stays a string in both.
struct CodablePayment: Codable {
    var id: UUID
    var amount: String
    var currency: String
    var status: CodableStatus
    var createdAt: Date
    var note: String?
    var method: CodableMethod
    var tags: [String]?
    var capture: Bool?
}

enum CodableStatus: String, Codable {
    case pending, processing, completed, failed
}

enum CodableMethod: Codable {
    case card(CodableCard)
    case transfer(CodableTransfer)

    private enum Key: String, CodingKey {
        case kind
    }

    init(from decoder: any Decoder) throws {
        let kind = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .kind)
        self = kind == "card" ? .card(try CodableCard(from: decoder)) : .transfer(try CodableTransfer(from: decoder))
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .card(let card): try card.encode(to: encoder)
        case .transfer(let transfer): try transfer.encode(to: encoder)
        }
    }
}

struct CodableCard: Codable {
    var kind = "card"
    var last4: String
    var holder: String
    var expires: String
}

struct CodableTransfer: Codable {
    var kind = "transfer"
    var iban: String
}

extension JSONDecoder.DateDecodingStrategy {
    /// RFC 3339 with a fraction, by Foundation's own parser: `.iso8601` refuses the fraction.
    static let fractional = custom { decoder in
        try Date(decoder.singleValueContainer().decode(String.self), strategy: isoStyle)
    }
}

extension JSONEncoder.DateEncodingStrategy {
    /// RFC 3339 with a fraction, by Foundation's own formatter.
    static let fractional = custom { date, encoder in
        var container = encoder.singleValueContainer()
        try container.encode(date.formatted(isoStyle))
    }
}

private let isoStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
