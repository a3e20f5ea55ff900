/// Reads a multipart form part by part while it arrives, for streaming operations.
///
/// ```swift
/// var form = try MultipartReader(body, contentType: contentType)
/// while let event = try await form.next() {
///     switch event {
///     case .part(let part): …
///     case .content(let bytes): …
///     case .endOfPart: …
///     }
/// }
/// ```
public struct MultipartReader {
    /// What has been read.
    public enum Event: Sendable, Equatable {
        /// A part begins.
        case part(MultipartPart)
        /// A piece of its content.
        case content([UInt8])
        /// It ends.
        case endOfPart
    }

    private var parser: MultipartParser
    private var body: RequestBody
    private var pending: ArraySlice<Event> = []
    private var isFinished = false

    /// A reader of `body`, whose `Content-Type` names the boundary.
    public init(_ body: RequestBody, contentType: String) throws(Problem) {
        guard let type = ContentType(Array(contentType.utf8)[...]) else {
            throw MultipartError.malformed.problem
        }
        parser = MultipartParser(boundary: try MultipartForm.boundary(type))
        self.body = body
    }

    /// The next event; `nil` at the end of the form.
    public mutating func next() async throws -> Event? {
        while pending.isEmpty {
            if isFinished { return nil }
            try await fill()
        }
        return pending.removeFirst()
    }

    private mutating func fill() async throws {
        let piece: [UInt8]?
        switch body {
        case .empty: piece = nil
        case .bytes(let bytes):
            piece = bytes
            body = .empty
        case .stream(let source): piece = try await source.next()
        }
        do throws(MultipartError) {
            if let piece {
                pending = try parser.receive(piece).map(MultipartReader.event)[...]
            } else {
                try parser.finish()
                isFinished = true
            }
        } catch {
            throw error.problem
        }
    }

    private static func event(_ event: MultipartParser.Event) -> Event {
        switch event {
        case .part(let part): .part(part)
        case .content(let bytes): .content(bytes)
        case .endOfPart: .endOfPart
        }
    }
}
