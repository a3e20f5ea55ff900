import Glibc

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
    /// Works on bytes: a document of some megabytes goes through this several times, once for each level of nesting.
    struct Interpolation: StringInterpolationProtocol {
        private var output: [UInt8] = []
        /// Where the line that is being written starts in the output.
        private var lineStart = 0
        /// The line holds interpolations so far, and all of them were empty.
        private var holdsOnlyEmptyHoles = false

        init(literalCapacity: Int, interpolationCount: Int) {
            output.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        mutating func appendLiteral(_ literal: String) {
            append(literal, indent: 0)
        }

        mutating func appendInterpolation(_ value: SourceText) {
            appendInterpolation(value.text)
        }

        mutating func appendInterpolation(_ value: Int) {
            append(String(value), indent: 0)
        }

        mutating func appendInterpolation(_ value: String) {
            let spaces = output[lineStart...].prefix { $0 == UInt8(ascii: " ") }.count
            if value.isEmpty {
                if lineStart + spaces == output.count { holdsOnlyEmptyHoles = true }
            } else {
                append(value, indent: spaces)
            }
        }

        /// Adds text; its lines after the first are indented, unless they are empty.
        private mutating func append(_ text: String, indent: Int) {
            var text = text
            text.withUTF8 { bytes in
                var start = 0
                while let end = Self.lineEnd(in: bytes, from: start) {
                    output += UnsafeBufferPointer(rebasing: bytes[start..<end])
                    endLine()
                    start = end + 1
                    if start < bytes.count, bytes[start] != UInt8(ascii: "\n") {
                        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
                    }
                }
                output += UnsafeBufferPointer(rebasing: bytes[start...])
            }
        }

        /// Searched by the C library: builds run this tool unoptimised, where a loop over bytes takes fifty times as long.
        private static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
            guard let base = bytes.baseAddress, start < bytes.count,
                let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }

        private mutating func endLine() {
            let isBlank = output[lineStart...].allSatisfy { $0 == UInt8(ascii: " ") }
            if isBlank { output.removeSubrange(lineStart...) }
            if !(isBlank && holdsOnlyEmptyHoles) { output.append(UInt8(ascii: "\n")) }
            lineStart = output.count
            holdsOnlyEmptyHoles = false
        }

        func finish() -> String {
            var copy = self
            copy.endLine()
            while copy.output.last == UInt8(ascii: "\n") { copy.output.removeLast() }
            return String(decoding: copy.output, as: UTF8.self)
        }
    }
}
