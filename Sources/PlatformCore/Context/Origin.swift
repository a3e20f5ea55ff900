public import LockstepRuntime

/// Where a request came from, for sessions, the audit trail and events.
///
/// A request's is read from its context when somebody asks: most requests write nothing that tells it.
public struct Origin: Sendable {
    /// Code points of a user agent that are kept.
    static let longestUserAgent = 500

    private enum Source {
        case request(RequestContext)
        case named(address: String, userAgent: String?, traceparent: String?)
    }

    private let source: Source

    /// An origin. What is not made of the characters of an address counts as unknown; a user agent is cleaned and cut.
    public init(address: String, userAgent: String? = nil, traceparent: String? = nil) {
        source = .named(address: address, userAgent: userAgent, traceparent: traceparent)
    }

    /// The origin of a request.
    public init(_ context: RequestContext) {
        source = .request(context)
    }

    /// An IP address, or nil where it is not known.
    public var address: String? {
        let address =
            switch source {
            case .request(let context): context.remoteAddress
            case .named(let address, _, _): address
            }
        let isPlausible =
            !address.isEmpty && address.utf8.count <= 45
            && address.utf8.allSatisfy(Self.isAddressCharacter)
        return isPlausible ? address : nil
    }

    /// What the client calls itself: at most 500 characters, none of them a control character.
    public var userAgent: String? {
        switch source {
        case .request(let context): context.userAgent.flatMap(Self.clean)
        case .named(_, let userAgent, _): userAgent.flatMap(Self.clean)
        }
    }

    /// The W3C trace that it belongs to.
    public var traceparent: String? {
        switch source {
        case .request(let context): context.traceparent
        case .named(_, _, let traceparent): traceparent
        }
    }

    /// What the platform does by itself.
    public static let platform = Origin(address: "")

    /// Somebody at a terminal, through the platform's command line.
    public static let commandLine = Origin(address: "", userAgent: "platform command line")

    private static func isAddressCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func clean(_ text: String) -> String? {
        if text.utf8.count <= longestUserAgent, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), !text.isEmpty {
            return text
        }
        var kept = String.UnicodeScalarView()
        var room = longestUserAgent
        for scalar in text.unicodeScalars where room > 0 {
            // C0 and C1 controls, DEL, and what reverses or hides text in a terminal.
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: continue
            default:
                kept.append(scalar)
                room -= 1
            }
        }
        return kept.isEmpty ? nil : String(kept)
    }
}
