extension HTTP1Connection {
    // MARK: Back-pressure

    /// The handler has taken content.
    public mutating func bodyConsumed(_ count: Int, now: UInt64) {
        unconsumed = max(0, unconsumed - count)
        updateReading(now: now)
    }

    /// The socket took less than all output. Call it when it first happens.
    public mutating func outputStalled(now: UInt64) {
        if writeDeadline == .max { writeDeadline = now + timeouts.write }
    }

    /// The socket took output after it had stalled.
    public mutating func outputAdvanced(isEmpty: Bool, now: UInt64) {
        writeDeadline = isEmpty ? .max : now + timeouts.write
        if isEmpty, writing == .closing { readDeadline = now + timeouts.linger }
    }

    mutating func updateReading(now: UInt64) {
        let pauses: Bool
        switch reading {
        case .waiting:
            pauses = buffer.count - bufferStart >= configuration.maximumPipelinedBytes
        case .content where sink == .stream:
            let mark = configuration.bodyHighWatermark
            pauses = unconsumed >= (isReadingPaused ? mark / 2 : mark)
        case .content, .head, .draining:
            pauses = false
        }
        guard pauses != isReadingPaused, writing != .closed else { return }
        isReadingPaused = pauses
        perform(pauses ? .pauseReading : .resumeReading)
        guard reading == .content else { return }
        if pauses {
            contentPausedAt = now
            readDeadline = .max
        } else if let pausedAt = contentPausedAt {
            // The peer is not late for the time during which it was not read.
            contentStart += now - pausedAt
            contentPausedAt = nil
            readDeadline = contentDeadline
        }
    }

    // MARK: Time

    /// The timer of the connection fired; nothing happens before ``deadline``.
    public mutating func timerFired(now: UInt64) {
        guard now >= deadline, writing != .closed || now >= writeDeadline else { return }
        if now >= writeDeadline {
            writing = .idle
            return abort()
        }
        switch reading {
        case .head:
            if headReader.isUntouched { close() } else { refuseLate(.headTimeout) }
        case .content:
            switch sink {
            case .collect: refuseLate(.bodyTimeout)
            case .stream:
                reading = .draining
                failContent(.refused(.bodyTimeout))
            case .discard:
                keepAlive = false
                reading = .draining
                readDeadline = .max
                if writing == .idle { close() }
            }
        case .draining:
            close()
        case .waiting:
            readDeadline = .max
        }
    }

    private mutating func refuseLate(_ refusal: HTTP1Refusal) {
        let fields =
            reading == .head ? partialHeaders(buffer.span, from: bufferStart) : pending?.headers ?? HTTPFields()
        keepAlive = false
        reading = .draining
        readDeadline = .max
        pending = nil
        collected = []
        writing = .awaitingResponse
        perform(.refuse(refusal, fields))
    }

    // MARK: End

    /// The server stops: the current response says so, and an idle connection has a short time for a request that may
    /// already be on its way, which is answered with `Connection: close`.
    public mutating func beginShutdown(now: UInt64) {
        guard !isShuttingDown else { return }
        isShuttingDown = true
        if isIdle { readDeadline = min(readDeadline, now + timeouts.shutdownIdleGrace) }
    }

    /// Closes once everything is written.
    mutating func close() {
        guard writing != .closed else { return }
        writing = .closed
        reading = .draining
        readDeadline = .max
        release()
        perform(.close)
    }

    /// Ends the write side first, because closing a socket with unread input resets the connection and may take the last
    /// response with it (RFC 9112 section 9.6).
    mutating func closeGracefully(now: UInt64) {
        guard writing != .closed, writing != .closing else { return }
        if hasPeerEnded { return close() }
        writing = .closing
        reading = .draining
        readDeadline = now + timeouts.linger
        release()
        perform(.shutdownWrite)
        if isReadingPaused {
            isReadingPaused = false
            perform(.resumeReading)
        }
    }

    mutating func abort() {
        guard writing != .closed else { return }
        writing = .closed
        reading = .draining
        readDeadline = .max
        writeDeadline = .max
        release()
        perform(.abort)
    }

    private mutating func release() {
        buffer = []
        bufferStart = 0
        collected = []
        pending = nil
    }
}
