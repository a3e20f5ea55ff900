public import LockstepRuntime

extension HTTP1Connection {
    /// Answers the current request, or begins to.
    ///
    /// Status line, fields, framing, `Date` and, where it matters, `Connection` are appended to `output`; with
    /// ``HTTP1Content/bytes(_:)`` the response is complete, with a stream ``sendBody(_:into:now:)`` and
    /// ``endBody(into:now:)`` follow. `Connection: close` among the fields closes the connection afterwards; other fields
    /// that belong to the connection are replaced by its own.
    public mutating func respond(
        _ status: HTTPStatus, _ headers: HTTPFields, _ content: HTTP1Content, date: borrowing HTTPDate,
        into output: inout [UInt8], now: UInt64
    ) -> HTTP1Write {
        guard writing == .awaitingResponse else { return .dropped }
        owesChunkEnd = false
        let status = status.code < 200 ? HTTPStatus(500) : status
        let hasNoContent = status.code == 204 || status.code == 304
        let mayHoldOwnFields = headers.mayHoldConnectionFields
        if mayHoldOwnFields, headers.list("Connection", contains: "close") { keepAlive = false }
        decideKeepAlive(content)

        HTTP1ResponseHead.begin(status, headers, mayHoldOwnFields: mayHoldOwnFields, into: &output)
        let next: Writing
        switch content {
        case .none:
            if !hasNoContent { HTTP1ResponseHead.contentLength(0, into: &output) }
            next = .fixed(remaining: 0)
        case .bytes(let bytes):
            if !hasNoContent { HTTP1ResponseHead.contentLength(bytes.count, into: &output) }
            next = .fixed(remaining: 0)
        case .stream(let length?):
            if !hasNoContent { HTTP1ResponseHead.contentLength(length, into: &output) }
            next = .fixed(remaining: length)
        case .stream(nil):
            if minorVersion == 1, !hasNoContent { HTTP1ResponseHead.chunked(into: &output) }
            next = minorVersion == 1 ? .chunked : .untilClose
        }
        HTTP1ResponseHead.end(date, keepAlive: keepAlive, minorVersion: minorVersion, into: &output)
        return finishHead(next, content, isSuppressed: hasNoContent || method == .head, into: &output, now: now)
    }

    private mutating func finishHead(
        _ next: Writing, _ content: HTTP1Content, isSuppressed: Bool, into output: inout [UInt8], now: UInt64
    ) -> HTTP1Write {
        var write = HTTP1Write.copied
        switch content {
        case .stream:
            writing = isSuppressed ? .suppressed : next
            return .copied
        case .bytes where isSuppressed:
            write = .dropped
        case .bytes(let bytes) where bytes.count > configuration.maximumCopiedBytes:
            write = .separate
        case .bytes(let bytes):
            output.append(contentsOf: bytes)
        case .none:
            break
        }
        finishResponse(now: now)
        return write
    }

    /// Sends a piece of streamed content.
    ///
    /// Content beyond the announced length is dropped and the connection aborted, because the peer would take it for the next
    /// response.
    public mutating func sendBody(_ piece: [UInt8], into output: inout [UInt8], now: UInt64) -> HTTP1Write {
        guard !piece.isEmpty else { return .dropped }
        switch writing {
        case .fixed(let remaining):
            guard piece.count <= remaining else {
                abort()
                return .dropped
            }
            writing = .fixed(remaining: remaining - piece.count)
        case .chunked:
            endChunk(into: &output)
            HTTP1ResponseHead.hexadecimal(piece.count, into: &output)
            HTTP1ResponseHead.lineEnd(into: &output)
            owesChunkEnd = true
        case .untilClose:
            break
        case .suppressed, .idle, .awaitingResponse, .closing, .closed:
            return .dropped
        }
        guard piece.count <= configuration.maximumCopiedBytes else { return .separate }
        output.append(contentsOf: piece)
        return .copied
    }

    /// Ends streamed content. Less than the announced length aborts the connection, so that the peer notices.
    public mutating func endBody(into output: inout [UInt8], now: UInt64) {
        switch writing {
        case .fixed(let remaining):
            guard remaining == 0 else { return abort() }
        case .chunked:
            endChunk(into: &output)
            HTTP1ResponseHead.lastChunk(into: &output)
        case .untilClose, .suppressed:
            break
        case .idle, .awaitingResponse, .closing, .closed:
            return
        }
        finishResponse(now: now)
    }

    /// The handler failed while it streamed: the response stays visibly incomplete, and the connection closes.
    public mutating func abortResponse() {
        guard isAnswering else { return }
        abort()
    }

    /// Writes a protocol error as the last response of the connection; only a whole body is sent.
    public mutating func refuse(
        with response: Response, date: borrowing HTTPDate, into output: inout [UInt8], now: UInt64
    ) {
        guard writing == .awaitingResponse else { return }
        keepAlive = false
        HTTP1ResponseHead.lastResponse(response, date, into: &output)
        closeGracefully(now: now)
    }

    /// The handler asks for content: a client that waits for it is told to go on (RFC 9110 section 10.1.1).
    public mutating func requestBody(into output: inout [UInt8], now: UInt64) {
        guard owesContinue, writing == .awaitingResponse else { return }
        owesContinue = false
        contentStart = now
        if reading == .content { readDeadline = now + timeouts.body }
        output.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
    }

    // MARK: After a response

    private mutating func endChunk(into output: inout [UInt8]) {
        if owesChunkEnd { HTTP1ResponseHead.lineEnd(into: &output) }
        owesChunkEnd = false
    }

    /// Whether the connection goes on after this response must be known when its head is written.
    private mutating func decideKeepAlive(_ content: HTTP1Content) {
        if isShuttingDown { keepAlive = false }
        if reading == .content {
            // A client that still waits for 100 (Continue) may send the content or not: the next bytes mean nothing certain.
            if owesContinue { keepAlive = false }
            if let remaining = body.remaining, remaining > configuration.maximumDiscardedBytes { keepAlive = false }
        }
        if reading == .draining { keepAlive = false }
        if case .stream(nil) = content, minorVersion == 0 { keepAlive = false }
    }

    private mutating func finishResponse(now: UInt64) {
        writing = .idle
        if reading == .content {
            sink = .discard
            unconsumed = 0
            guard keepAlive else { return closeGracefully(now: now) }
            updateReading(now: now)
        } else {
            finishRequest(now: now)
        }
    }

    /// Request and response are complete.
    mutating func finishRequest(now: UInt64) {
        guard keepAlive else {
            if reading == .waiting, bufferStart == buffer.count { return close() }
            return closeGracefully(now: now)
        }
        reading = .head
        let patience = isShuttingDown ? timeouts.shutdownIdleGrace : timeouts.idle
        readDeadline = now + patience
        processBuffer(now: now)
        if hasPeerEnded { endInput() }
        updateReading(now: now)
    }
}
