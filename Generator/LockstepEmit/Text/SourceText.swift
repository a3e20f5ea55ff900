/// Swift source as text with holes: an emitter writes the shape of its output as a multi-line string literal.
///
/// What an interpolation adds is indented like the line it stands on, and a line that consists of one
/// empty interpolation disappears, so optional parts need no `if` around their line breaks.
struct SourceText: ExpressibleByStringInterpolation, Sendable, Equatable {
    /// The text, without a line break at the end.
    var text: String

    init(_ text: String) {
        self.text = text
    }

    init(stringLiteral value: String) {
        text = value
    }

    init(stringInterpolation: Interpolation) {
        text = stringInterpolation.finish()
    }

    /// Texts one below the other, the empty ones left out.
    init(lines: [SourceText]) {
        text = lines.lazy.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Texts with one empty line between them, the empty ones left out.
    init(blocks: [SourceText]) {
        text = blocks.lazy.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    var isEmpty: Bool { text.isEmpty }
}

extension SourceText {
    struct Interpolation: StringInterpolationProtocol {
        private var output: String = ""
        /// What stands on the line that is being written, before its end.
        private var line: String = ""
        /// The line holds interpolations so far, and all of them were empty.
        private var holdsOnlyEmptyHoles = false

        init(literalCapacity: Int, interpolationCount: Int) {
            output.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        mutating func appendLiteral(_ literal: String) {
            var pieces = literal.split(separator: "\n", omittingEmptySubsequences: false).makeIterator()
            line += pieces.next() ?? ""
            while let piece = pieces.next() {
                endLine()
                line = String(piece)
            }
        }

        mutating func appendInterpolation(_ value: SourceText) {
            appendInterpolation(value.text)
        }

        mutating func appendInterpolation(_ value: Int) {
            line += String(value)
        }

        mutating func appendInterpolation(_ value: String) {
            let isFirst = line.allSatisfy { $0 == " " }
            guard !value.isEmpty else {
                if isFirst { holdsOnlyEmptyHoles = true }
                return
            }
            let indent = String(line.prefix { $0 == " " })
            var pieces = value.split(separator: "\n", omittingEmptySubsequences: false).makeIterator()
            line += pieces.next() ?? ""
            while let piece = pieces.next() {
                endLine()
                line = piece.isEmpty ? "" : indent + piece
            }
        }

        private mutating func endLine() {
            let isBlank = line.allSatisfy { $0 == " " }
            if !(isBlank && holdsOnlyEmptyHoles) {
                output += isBlank ? "" : line
                output += "\n"
            }
            line = ""
            holdsOnlyEmptyHoles = false
        }

        func finish() -> String {
            var copy = self
            copy.endLine()
            while copy.output.hasSuffix("\n") { copy.output.removeLast() }
            return copy.output
        }
    }
}
