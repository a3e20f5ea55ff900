public import LockstepRuntime

/// Where a request came from, for sessions, the audit trail and events.
public struct Origin: Sendable, Equatable {
    /// Code points of a user agent that are kept.
    static let longestUserAgent = 500

    /// An IP address, or nil where it is not known.
    public let address: String?
    /// What the client calls itself: at most 500 characters, none of them a control character.
    public let userAgent: String?
    /// The W3C trace that it belongs to.
    public let traceparent: String?

    /// An origin. What is not made of the characters of an address counts as unknown; a user agent is cleaned and cut.
    public init(address: String, userAgent: String? = nil, traceparent: String? = nil) {
        let isPlausible =
            !address.isEmpty && address.utf8.count <= 45
            && address.utf8.allSatisfy(Self.isAddressCharacter)
        self.address = isPlausible ? address : nil
        self.userAgent = userAgent.flatMap(Self.clean)
        self.traceparent = traceparent
    }

    /// The origin of a request.
    public init(_ context: RequestContext) {
        self.init(
            address: context.remoteAddress, userAgent: context.userAgent, traceparent: context.traceparent)
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
