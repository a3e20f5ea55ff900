import Foundation

/// The same payment for `JSONDecoder`, with nothing checked. Dates and amounts stay strings, in its favour.
struct CodablePayment: Codable {
    var id: UUID
    var amount: String
    var currency: String
    var status: CodableStatus
    var createdAt: String
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
