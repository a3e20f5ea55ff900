public import LockstepSchema

/// The items of a body, one after the other: `application/jsonl`, `application/json-seq`, `text/event-stream`.
///
/// As a response it is made from what the handler has; nothing is asked of it before the client takes what came before:
///
/// ```swift
/// return .ok(ItemSequence(rows))
/// ```
///
/// As a request's body, each item is decoded and checked when the handler asks for it:
///
/// ```swift
/// for try await measurement in input.body { … }
/// ```
///
/// An item that does not match the document throws a 400 that says which one it is. Who asks on by hand (`next()`) gets
/// the items behind it; when the body itself cannot be read on, there are no more. A request's items come once.
public struct ItemSequence<Element: JSONCoded>: AsyncSequence, Sendable {
    /// What comes next: an item, or nothing yet.
    enum Step {
        case item(Element)
        case pause
    }

    typealias Pull = () async throws -> Step?

    private let start: @Sendable () -> Pull
    /// What the data of a last event is, for event streams that end with one.
    let closing: String?

    /// The items of another sequence.
    ///
    /// - Parameter closing: the data of a last event without item, for event streams whose clients wait for one, such as
    ///   `[DONE]`.
    public init<Items: AsyncSequence & Sendable>(_ items: Items, closing: String? = nil)
    where Items.Element == Element {
        self.closing = closing
        start = {
            var iterator = items.makeAsyncIterator()
            return { try await iterator.next(isolation: #isolation).map { .item($0) } }
        }
    }

    /// The items of a sequence that now and then has nothing to say: `nil` keeps the connection alive with a comment, an
    /// empty line or an empty record, which readers pass over.
    public init<Items: AsyncSequence & Sendable>(keepingAlive items: Items, closing: String? = nil)
    where Items.Element == Element? {
        self.closing = closing
        start = {
            var iterator = items.makeAsyncIterator()
            return {
                guard let next = try await iterator.next(isolation: #isolation) else { return nil }
                return next.map { .item($0) } ?? .pause
            }
        }
    }

    /// Items that are there already.
    public init(_ items: some Sequence<Element> & Sendable, closing: String? = nil) {
        self.closing = closing
        start = {
            var iterator = items.makeIterator()
            return { iterator.next().map { .item($0) } }
        }
    }

    /// The items of a request.
    init(_ reader: ItemReader) {
        closing = nil
        start = { { try await reader.next().map { .item(Element($0)) } } }
    }

    /// Starts at the first item.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pull: start()) }

    /// Gives the items one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let pull: Pull

        /// The next item, or `nil` at the end.
        public mutating func next() async throws -> Element? {
            while let step = try await pull() {
                if case .item(let item) = step { return item }
            }
            return nil
        }
    }
}
