/// Reads the content of one request in either framing, and holds its size limit.
struct HTTP1BodyReader: Sendable {
    private enum Framing: Sendable {
        case none
        case length(remaining: Int)
        case chunked(HTTP1ChunkReader)
    }

    private let configuration: HTTP1Configuration
    private var framing = Framing.none
    private var decoded = 0

    init(_ configuration: HTTP1Configuration) {
        self.configuration = configuration
    }

    mutating func begin(_ body: HTTP1Framing.Body) {
        decoded = 0
        switch body {
        case .none: framing = .none
        case .length(let length): framing = .length(remaining: length)
        case .chunked: framing = .chunked(HTTP1ChunkReader(configuration))
        }
    }

    /// Whether all of it has been read.
    var isComplete: Bool {
        switch framing {
        case .none: true
        case .length(let remaining): remaining == 0
        case .chunked(let reader): reader.isComplete
        }
    }

    /// The bytes that are still to come, if that is known.
    var remaining: Int? {
        switch framing {
        case .none: 0
        case .length(let remaining): remaining
        case .chunked(let reader): reader.isComplete ? 0 : nil
        }
    }

    /// Appends content to `content` and gives the offset behind what belongs to the body.
    mutating func read(
        _ bytes: Span<UInt8>, from start: Int, into content: inout [UInt8]
    ) throws(HTTP1Refusal) -> Int {
        switch framing {
        case .none:
            return start
        case .length(let remaining):
            let end = start + min(remaining, bytes.count - start)
            HTTP1Bytes.append(bytes, start, end, to: &content)
            framing = .length(remaining: remaining - (end - start))
            return end
        case .chunked(var reader):
            framing = .none
            let before = content.count
            let end = try reader.read(bytes, from: start, into: &content)
            decoded += content.count - before
            guard decoded <= configuration.maximumBodyBytes else { throw .bodyTooLarge }
            framing = .chunked(reader)
            return end
        }
    }
}
