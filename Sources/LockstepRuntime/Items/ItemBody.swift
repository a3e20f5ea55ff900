import LockstepJSON
import LockstepSchema

/// The items of a response as its content: pulled, encoded and framed one by one.
///
/// An item that cannot be sent ends the stream with an error, so that the connection breaks the content off where its end
/// would be: the client sees that it is not all.
///
/// Unchecked: one consumer pulls, as of every `BodySource`, and the observer is set before it begins.
final class ItemBody<Element: JSONCoded>: ObservedItems, @unchecked Sendable {
    private let iterator: ItemSequence<Element>.AsyncIterator
    private let framing: ItemFraming
    private let closing: String?
    private let context: RequestContext
    private var observer: ItemObserver?
    private var index = 0
    private var isFinished = false

    init(_ items: ItemSequence<Element>, _ framing: ItemFraming, _ context: RequestContext) {
        iterator = items.makeAsyncIterator()
        closing = items.closing
        self.framing = framing
        self.context = context
    }

    func observe(_ observer: ItemObserver) { self.observer = observer }

    func next() async throws -> [UInt8]? {
        if isFinished { return nil }
        guard let step = try await iterator.pull() else {
            isFinished = true
            guard let closing, case .events = framing else { return nil }
            return EventWriter.lines(ofText: closing)
        }
        guard case .item(let item) = step else { return pause }
        defer { index += 1 }
        do {
            return try framed(item)
        } catch {
            isFinished = true
            context.logger.error(
                "an item of the response cannot be sent", ["item": .int(index), "reason": .string(error.reason)])
            throw error
        }
    }

    private var pause: [UInt8] {
        switch framing {
        case .lines: [0x0A]
        case .records: [ItemFraming.recordSeparator]
        case .events: EventWriter.comment
        }
    }

    private func framed(_ item: Element) throws(ItemFault) -> [UInt8] {
        var json = JSONWriter(capacity: 256)
        item.write(to: &json)
        guard !json.isFaulty else { throw ItemFault("a number that is not finite") }
        let bytes = json.bytes
        var document: JSONDocument?
        if let observer {
            let parsed = try Self.parse(bytes)
            try observer.check(parsed, index)
            document = parsed
        }
        switch framing {
        case .lines: return bytes + [0x0A]
        case .records: return [ItemFraming.recordSeparator] + bytes + [0x0A]
        case .events(let data):
            let parsed = if let document { document } else { try Self.parse(bytes) }
            do throws(EventWriter.Fault) {
                return try EventWriter.lines(of: parsed.root, data)
            } catch {
                throw ItemFault(error.rawValue)
            }
        }
    }

    private static func parse(_ bytes: [UInt8]) throws(ItemFault) -> JSONDocument {
        guard let document = try? JSONDocument.parse(bytes) else { throw ItemFault("not JSON") }
        return document
    }
}

/// Why an item of a response cannot be sent. It holds nothing of the item.
struct ItemFault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// The content of a response whose items can be held against the document while they are sent.
protocol ObservedItems: BodySource {
    /// Has each item checked. Called before the first one is pulled, or not at all.
    func observe(_ observer: ItemObserver)
}

/// Holds the items of one response against their schema, and tells of those that do not match it.
struct ItemObserver: Sendable {
    let validator: ValidatorEntry
    let report: @Sendable ([ResponseViolation]) -> Void

    func check(_ item: JSONDocument, _ index: Int) throws(ItemFault) {
        let failures = validator.validate(item, maximumFailures: 16).failures
        guard !failures.isEmpty else { return }
        report(
            failures.map { failure in
                ResponseViolation(
                    kind: .content, message: "/\(index)\(failure.pointer) \(failure.message) [\(failure.keyword)]")
            })
        throw ItemFault("it does not match the document")
    }
}
