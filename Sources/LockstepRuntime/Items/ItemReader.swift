import LockstepJSON
import LockstepSchema

/// Reads the items of a request's body while it arrives, and holds each against its schema.
///
/// Bounded: by the longest item on the one side, by the most bytes of a body on the other.
///
/// Unchecked: one consumer reads, as of every `BodySource`.
final class ItemReader: @unchecked Sendable {
    private let definition: ItemDefinition
    private let maximumSize: Int
    private let jsonLimits: JSONLimits
    private var body: RequestBody
    private var splitter: ItemSplitter
    private var events: EventParser
    private var index = 0
    private var isAtBeginning = true
    private var state = State.reading

    private static let turn = 512

    private enum State {
        case reading
        /// All bytes have come; what is left of them may be an item.
        case draining
        case finished
    }

    /// The text of an item.
    private enum Item {
        case json([UInt8])
        case event(EventParser.Event)
        /// What stands before the first record separator.
        case stray
    }

    init(_ body: RequestBody, _ definition: ItemDefinition, maximumSize: Int, jsonLimits: JSONLimits) {
        self.body = body
        self.definition = definition
        self.maximumSize = maximumSize
        self.jsonLimits = jsonLimits
        let separator: ItemSplitter.Separator =
            switch definition.framing {
            case .lines: .lineFeed
            case .records: .recordSeparator
            case .events: .lineBreak
            }
        splitter = ItemSplitter(separator, limit: maximumSize)
        events = EventParser(limit: maximumSize)
    }

    /// The next item, checked; `nil` at the end of the body.
    ///
    /// After an item that is not what it should be the next call goes on behind it; after any other error there is no more.
    func next() async throws -> ValidJSON? {
        while state != .finished {
            if let item = try nextItem() {
                // A body that is there holds items by the thousand: others on the loop get their turn in between.
                if index % Self.turn == Self.turn - 1 { await Task.yield() }
                defer { index += 1 }
                return try valid(item)
            }
            if state == .draining { state = .finished } else { try await receive() }
        }
        return nil
    }

    private func receive() async throws {
        let piece: [UInt8]?
        switch body {
        case .empty: piece = nil
        case .bytes(let bytes):
            piece = bytes.isEmpty ? nil : bytes
            body = .empty
        case .stream(let source):
            do {
                piece = try await source.next()
            } catch {
                state = .finished
                throw error
            }
        }
        if let piece { splitter.receive(piece) } else { state = .draining }
    }

    // MARK: Framing

    private func nextItem() throws(Problem) -> Item? {
        do throws(ItemSplitter.TooLong) {
            while let piece = try nextPiece() {
                if let item = try item(piece) { return item }
            }
            return nil
        } catch {
            state = .finished
            throw Problem(413, .contentTooLarge, "Item \(index) of the body is larger than \(maximumSize) bytes")
        }
    }

    private func nextPiece() throws(ItemSplitter.TooLong) -> ArraySlice<UInt8>? {
        if let piece = try splitter.next() { return piece }
        guard state == .draining else { return nil }
        let rest = splitter.rest()
        return rest.isEmpty ? nil : rest
    }

    /// The item that a piece is or completes; `nil` for what only separates items.
    private func item(_ piece: ArraySlice<UInt8>) throws(ItemSplitter.TooLong) -> Item? {
        defer { isAtBeginning = false }
        switch definition.framing {
        case .events: return try events.take(piece).map(Item.event)
        case .lines, .records:
            if piece.allSatisfy(Self.isSpace) { return nil }
            return definition.framing == .records && isAtBeginning ? .stray : .json(Array(piece))
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    // MARK: Checking

    private func valid(_ item: Item) throws(Problem) -> ValidJSON {
        switch item {
        case .json(let text):
            if definition.framing == .records, Self.mayBeTruncated(text) {
                throw fault("json", "is cut off, or a number or word without white space behind it")
            }
            return try valid(document(text))
        case .event(let event):
            return try valid(event)
        case .stray:
            throw fault("json", "must begin with a record separator")
        }
    }

    private func valid(_ document: JSONDocument) throws(Problem) -> ValidJSON {
        switch definition.validator.validate(document, maximumFailures: ValidationIssue.maximumCount) {
        case .valid(let json): return json
        case .invalid(let failures):
            throw Problem.validation(failures.map { ValidationIssue(body: $0, below: "/\(index)") })
        }
    }

    private func document(_ text: [UInt8], below pointer: String = "") throws(Problem) -> JSONDocument {
        do {
            return try JSONDocument.parse(text, limits: jsonLimits)
        } catch {
            // The description names the fault and the byte, never the text.
            throw fault("json", error.description, below: pointer)
        }
    }

    private func fault(_ keyword: String, _ message: String, below pointer: String = "") -> Problem {
        .validation([ValidationIssue(in: "body", pointer: "/\(index)\(pointer)", keyword: keyword, message: message)])
    }

    /// RFC 7464 §2.4: what does not end by itself is whole only when white space follows it.
    private static func mayBeTruncated(_ text: [UInt8]) -> Bool {
        guard let first = text.first(where: { !isSpace($0) }), let last = text.last else { return false }
        let endsByItself = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\"")
        return !endsByItself && !isSpace(last)
    }

    // MARK: Events

    private func valid(_ event: EventParser.Event) throws(Problem) -> ValidJSON {
        guard case .events(let data) = definition.framing else { preconditionFailure("events come of event streams") }
        if data == .json { return try valid(object(event, try json(event))) }
        guard let text = String(validating: event.data, as: UTF8.self) else {
            throw fault("encoding", "must be UTF-8", below: "/data")
        }
        let asText = try object(event, .string(text))
        guard data == .either else { return try valid(asText) }
        if case .valid(let json) = definition.validator.validate(asText, maximumFailures: 1) { return json }
        guard let json = try? json(event) else { return try valid(asText) }
        return try valid(object(event, json))
    }

    private func json(_ event: EventParser.Event) throws(Problem) -> JSONValue {
        try document(event.data, below: "/data").value
    }

    /// An event as the object that its schema describes.
    private func object(_ event: EventParser.Event, _ data: JSONValue) throws(Problem) -> JSONDocument {
        var members = [JSONMember(key: "data", value: data)]
        for (key, bytes) in [("event", event.event), ("id", event.id)] {
            guard let bytes else { continue }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw fault("encoding", "must be UTF-8", below: "/\(key)")
            }
            members.append(JSONMember(key: key, value: .string(text)))
        }
        if let retry = event.retry { members.append(JSONMember(key: "retry", value: .int(retry))) }
        return JSONDocument(.object(members))
    }
}
