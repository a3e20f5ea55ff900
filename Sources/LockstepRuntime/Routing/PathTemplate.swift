/// A path template cut into segments.
struct PathTemplate: Sendable {
    /// A piece of a segment.
    enum Piece: Sendable, Equatable {
        case literal([UInt8])
        case parameter(String)
    }

    /// One segment: usually one piece; `{name}.{format}` is three.
    struct Segment: Sendable, Equatable {
        let pieces: [Piece]

        /// The text of a segment without parameters.
        var literal: [UInt8]? {
            if case .literal(let text)? = pieces.first, pieces.count == 1 { text } else { pieces.isEmpty ? [] : nil }
        }

        /// Whether the segment is one parameter and nothing else.
        var isWholeParameter: Bool {
            if case .parameter? = pieces.first, pieces.count == 1 { true } else { false }
        }

        /// Whether both match the same texts: parameters are the same whatever their name.
        func hasSameShape(as other: Segment) -> Bool {
            pieces.count == other.pieces.count
                && zip(pieces, other.pieces).allSatisfy {
                    switch ($0, $1) {
                    case (.literal(let left), .literal(let right)): left == right
                    case (.parameter, .parameter): true
                    case (.literal, .parameter), (.parameter, .literal): false
                    }
                }
        }

        /// Literal characters: of two mixed segments, the one with more is tried first.
        var literalLength: Int {
            pieces.reduce(0) { if case .literal(let text) = $1 { $0 + text.count } else { $0 } }
        }
    }

    let segments: [Segment]
    /// Parameter names in the order in which they are captured.
    let parameterNames: [String]

    /// Cuts `/a/{b}.{c}`; literals are percent-decoded, as request paths are before they are compared.
    init(_ template: String) {
        var segments: [Segment] = []
        var names: [String] = []
        for text in template.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let segment = PathTemplate.segment(text)
            for case .parameter(let name) in segment.pieces { names.append(name) }
            segments.append(segment)
        }
        self.segments = segments
        parameterNames = names
    }

    private static func segment(_ text: Substring) -> Segment {
        var pieces: [Piece] = []
        var rest = text
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(literal(rest[..<open])) }
            pieces.append(.parameter(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(literal(rest)) }
        return Segment(pieces: pieces)
    }

    private static func literal(_ text: Substring) -> Piece {
        let bytes = Array(text.utf8)
        return .literal(PercentCoding.decodeBytes(bytes[...], plusIsSpace: false) ?? bytes)
    }
}
