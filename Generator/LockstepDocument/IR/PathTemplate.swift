/// A path with holes: `/payments/{id}/status`.
///
/// A segment may mix text and holes (`/report.{format}`), so a template is a list of segments of pieces.
public struct PathTemplate: Sendable, Hashable, CustomStringConvertible {
    /// One piece of a segment.
    public enum Piece: Sendable, Hashable {
        /// Text as it is written in the document, percent escapes included.
        case literal(String)
        /// The path parameter of this name.
        case parameter(String)
    }

    /// The pieces of each segment between slashes. A trailing slash gives a last segment without pieces.
    public var segments: [[Piece]]
    /// The template as the document writes it.
    public var description: String

    /// The names of the holes in order.
    public var parameterNames: [String] {
        segments.flatMap { $0 }.compactMap { piece in
            if case .parameter(let name) = piece { name } else { nil }
        }
    }

    /// The same for templates that match the same paths: holes without their names, text without its escapes.
    public var shape: String {
        segments.map { pieces in
            pieces.map { piece in
                switch piece {
                case .literal(let text): ReferenceURI.decode(text) ?? text
                case .parameter: "{}"
                }
            }.joined()
        }.joined(separator: "/")
    }

    /// Reads a template; braces that do not close are text.
    public init(_ text: String) {
        description = text
        let body = text.hasPrefix("/") ? text.dropFirst() : text[...]
        segments =
            text.isEmpty || text == "/"
            ? [] : body.split(separator: "/", omittingEmptySubsequences: false).map(Self.pieces)
    }

    private static func pieces(of segment: Substring) -> [Piece] {
        var pieces: [Piece] = []
        var rest = segment
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(.literal(String(rest[..<open]))) }
            pieces.append(.parameter(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        return pieces
    }
}
