internal import LockstepEventLoop
internal import LockstepRuntime

/// The content of a request while it arrives: the connection puts pieces in, the handler pulls them out.
///
/// How much can wait here is the connection's bound: it stops reading from the socket until pieces are taken.
///
/// Unchecked: all state is touched on the connection's loop only; `next()` goes there first.
final class RequestBodyStream: BodySource, @unchecked Sendable {
    /// The handler kept the stream beyond its response.
    struct ResponseIsComplete: Error {}

    private enum End {
        case finished
        case failed(any Error)
    }

    private let loop: EventLoop
    private var connection: Connection?
    private var pieces: [[UInt8]] = []
    private var head = 0
    private var end: End?
    private var waiter: UnsafeContinuation<[UInt8]?, any Error>?

    init(_ connection: Connection) {
        loop = connection.loop
        self.connection = connection
    }

    // MARK: The handler's side

    func next() async throws -> [UInt8]? {
        if loop.isCurrent, head < pieces.count { return takePiece() }
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { waiter in
                loop.onLoop { self.wait(waiter) }
            }
        } onCancel: {
            loop.execute { self.fail(CancellationError()) }
        }
    }

    private func takePiece() -> [UInt8] {
        let piece = pieces[head]
        head += 1
        if head == pieces.count {
            pieces.removeAll(keepingCapacity: true)
            head = 0
        } else {
            pieces[head - 1] = []
        }
        connection?.bodyConsumed(piece.count)
        return piece
    }

    private func wait(_ waiter: UnsafeContinuation<[UInt8]?, any Error>) {
        if head < pieces.count { return waiter.resume(returning: takePiece()) }
        switch end {
        case .finished: return waiter.resume(returning: nil)
        case .failed(let error): return waiter.resume(throwing: error)
        case nil: break
        }
        precondition(self.waiter == nil, "a request's body has one reader at a time")
        self.waiter = waiter
        connection?.bodyRequested()
    }

    // MARK: The connection's side

    func receive(_ piece: [UInt8]) {
        guard end == nil else { return }
        if let waiter {
            self.waiter = nil
            waiter.resume(returning: piece)
            connection?.bodyConsumed(piece.count)
        } else {
            pieces.append(piece)
        }
    }

    func finish() {
        close(.finished)
    }

    /// Fails the reader. Pieces that had arrived before are still handed out.
    func fail(_ error: any Error) {
        close(.failed(error))
    }

    /// The response is complete: nothing that arrives from now on is for this handler.
    func detach() {
        close(.failed(ResponseIsComplete()))
        pieces = []
        head = 0
        connection = nil
    }

    private func close(_ end: End) {
        guard self.end == nil else { return }
        self.end = end
        guard let waiter else { return }
        self.waiter = nil
        switch end {
        case .finished: waiter.resume(returning: nil)
        case .failed(let error): waiter.resume(throwing: error)
        }
    }
}
