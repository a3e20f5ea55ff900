import LockstepRuntime

extension HTTP1Connection {
    /// Takes bytes from the socket.
    public mutating func receive(_ bytes: Span<UInt8>, now: UInt64) {
        guard bytes.count > 0 else { return }
        switch writing {
        case .closed: return
        default: break
        }
        if reading == .draining { return }
        if bufferStart == buffer.count {
            let used = process(bytes, from: 0, now: now)
            if used < bytes.count { HTTP1Bytes.append(bytes, used, bytes.count, to: &buffer) }
        } else {
            HTTP1Bytes.append(bytes, 0, bytes.count, to: &buffer)
            processBuffer(now: now)
        }
        updateReading(now: now)
    }

    /// The peer has shut its write side down; it may still read.
    ///
    /// A request that is complete is answered, then the connection closes. One that is not is over.
    public mutating func receivedEnd(now: UInt64) {
        guard !hasPeerEnded, writing != .closed else { return }
        hasPeerEnded = true
        endInput()
    }

    /// The peer sends no more, and what it sent has been looked at.
    mutating func endInput() {
        guard bufferStart == buffer.count || reading != .waiting else { return }
        readDeadline = .max
        keepAlive = false
        switch (reading, sink) {
        case (.head, _), (.content, .collect):
            close()
        case (.draining, _):
            // A request whose content was refused is still answered.
            if !isAnswering { close() }
        case (.content, .stream):
            failContent(.peerClosed)
            reading = .waiting
        case (.content, .discard):
            reading = .waiting
            if writing == .idle { close() }
        case (.waiting, _):
            break
        }
    }

    /// The socket failed or was reset: nothing more can be read or written.
    public mutating func connectionLost() {
        guard writing != .closed else { return }
        if reading == .content, sink == .stream { perform(.bodyFailed(.peerClosed)) }
        abort()
    }

    // MARK: Reading on

    /// Uses the bytes kept from before, after the response that they waited for.
    mutating func processBuffer(now: UInt64) {
        guard bufferStart < buffer.count else { return }
        // Moved out, so that the bytes can be read while the connection changes; moved back below.
        var taken: [UInt8] = []
        swap(&taken, &buffer)
        let used = process(taken.span, from: bufferStart, now: now)
        if used == taken.count || reading == .draining {
            // An idle connection keeps no large buffer.
            taken.removeAll(keepingCapacity: taken.capacity <= 4096)
            bufferStart = 0
        } else {
            bufferStart = used
            if used > taken.count / 2 {
                taken.removeSubrange(0..<used)
                bufferStart = 0
            }
        }
        swap(&taken, &buffer)
    }

    /// Reads as far as the connection's state allows; gives the offset of the first byte not used.
    private mutating func process(_ bytes: Span<UInt8>, from start: Int, now: UInt64) -> Int {
        var offset = start
        while true {
            do throws(HTTP1Refusal) {
                switch reading {
                case .head:
                    guard offset < bytes.count else { return offset }
                    if headReader.isUntouched, requestCount > 0 { readDeadline = now + timeouts.head }
                    let head = bytes.extracting(offset..<bytes.count)
                    guard try headReader.read(head) else { return offset }
                    let length = headReader.cursor
                    try beginRequest(head, length: length, now: now)
                    headReader.reset()
                    offset += length
                case .content:
                    guard offset < bytes.count || body.isComplete else { return offset }
                    offset = try readContent(bytes, from: offset, now: now)
                case .waiting:
                    return offset
                case .draining:
                    return bytes.count
                }
            } catch {
                refused(error, bytes, from: offset, now: now)
                return bytes.count
            }
        }
    }

    /// Content or head cannot be understood; nothing behind it can either.
    private mutating func refused(
        _ refusal: HTTP1Refusal, _ bytes: Span<UInt8>, from start: Int, now: UInt64
    ) {
        keepAlive = false
        readDeadline = .max
        if reading == .content, sink != .collect {
            reading = .draining
            if sink == .stream {
                failContent(.refused(refusal))
            } else if writing == .idle {
                closeGracefully(now: now)
            }
            return
        }
        let fields = reading == .head ? partialHeaders(bytes, from: start) : pending?.headers ?? HTTPFields()
        reading = .draining
        pending = nil
        collected = []
        writing = .awaitingResponse
        perform(.refuse(refusal, fields))
    }

    mutating func failContent(_ failure: HTTP1BodyFailure) {
        sink = .discard
        keepAlive = false
        readDeadline = .max
        perform(.bodyFailed(failure))
    }

    // MARK: Head

    private mutating func beginRequest(
        _ bytes: Span<UInt8>, length: Int, now: UInt64
    ) throws(HTTP1Refusal) {
        let layout = headReader.layout
        let framing = try HTTP1Framing(bytes, layout)
        let method = try HTTP1Methods.method(bytes, layout.methodStart, layout.methodEnd)
        let target = try HTTP1Target.originForm(bytes, layout, host: framing.host, method: method)
        if case .length(let length) = framing.body, length > configuration.maximumBodyBytes { throw .bodyTooLarge }

        requestCount += 1
        self.method = method
        minorVersion = layout.minorVersion
        keepAlive = framing.keepAlive && !isShuttingDown && requestCount < configuration.maximumRequestsPerConnection
        owesContinue = framing.expectsContinue && framing.body != .none
        unconsumed = 0
        discarded = 0

        let request = HTTP1Request(
            method: method, target: target, headers: headers(bytes, length: length), content: .none,
            minorVersion: layout.minorVersion)
        readDeadline = .max
        body.begin(framing.body)
        guard framing.body != .none else {
            reading = .waiting
            deliver(request)
            return
        }
        beginContent(of: request, framing.body, now: now)
    }

    private func headers(_ bytes: Span<UInt8>, length: Int) -> HTTPFields {
        var fields = HTTPFields(
            adopting: HTTP1Bytes.copy(bytes, 0, length), reservingFields: headReader.layout.fields.count)
        for field in headReader.layout.fields {
            fields.appendParsed(
                name: Int(field.nameStart)..<Int(field.nameEnd), value: Int(field.valueStart)..<Int(field.valueEnd))
        }
        return fields
    }

    /// The fields of a head that is not complete, as far as they have been read.
    func partialHeaders(_ bytes: Span<UInt8>, from start: Int) -> HTTPFields {
        guard !headReader.layout.fields.isEmpty else { return HTTPFields() }
        return headers(bytes.extracting(start..<bytes.count), length: headReader.cursor)
    }

    private mutating func deliver(_ request: HTTP1Request) {
        writing = .awaitingResponse
        perform(.request(request))
    }

    // MARK: Content

    /// Small content is delivered with the request, so that most handlers never wait; as a stream comes large content, content
    /// that waits for 100 (Continue), and a sequence of items, whose first one may be there long before the last.
    private mutating func beginContent(of request: HTTP1Request, _ framing: HTTP1Framing.Body, now: UInt64) {
        reading = .content
        contentStart = now
        contentPausedAt = nil
        contentReceived = 0
        let declared: Int? = if case .length(let length) = framing { length } else { nil }
        let isLarge = (declared ?? 0) > configuration.maximumWholeBodyBytes
        if owesContinue || isLarge || request.headers.announceItems {
            sink = .stream
            deliver(request.with(.streaming(length: declared)))
        } else {
            sink = .collect
            pending = request
        }
        // A client that waits for 100 (Continue) is not late until it has been told.
        readDeadline = owesContinue ? .max : contentDeadline
    }

    private mutating func readContent(
        _ bytes: Span<UInt8>, from start: Int, now: UInt64
    ) throws(HTTP1Refusal) -> Int {
        // Content has come: a client that sends it unasked needs no 100 (Continue) any more.
        if start < bytes.count { owesContinue = false }
        let end: Int
        switch sink {
        case .collect:
            // No further than what makes it too large, so that when it is delivered does not depend on how it was cut.
            let room = configuration.maximumWholeBodyBytes + 1 - collected.count
            let part = bytes.extracting(0..<min(bytes.count, start + room))
            end = try body.read(part, from: start, into: &collected)
            if collected.count > configuration.maximumWholeBodyBytes {
                deliverAsStream()
            } else if body.isComplete {
                deliverCollected()
            }
        case .stream:
            end = try deliverContent(bytes, from: start)
        case .discard:
            end = try discard(bytes, from: start, now: now)
        }
        contentReceived += end - start
        if reading == .content { readDeadline = contentDeadline }
        if reading == .content, body.isComplete { finishContent(now: now) }
        return end
    }

    private mutating func deliverContent(_ bytes: Span<UInt8>, from start: Int) throws(HTTP1Refusal) -> Int {
        var piece: [UInt8] = []
        let end: Int
        do throws(HTTP1Refusal) {
            end = try body.read(bytes, from: start, into: &piece)
        } catch {
            // What came before the fault is delivered, as it would have been in a separate read.
            if !piece.isEmpty { deliverPiece(piece) }
            throw error
        }
        if !piece.isEmpty { deliverPiece(piece) }
        if body.isComplete { perform(.bodyEnd) }
        return end
    }

    private mutating func deliverCollected() {
        guard let request = pending else { return }
        pending = nil
        let content = collected
        collected = []
        deliver(request.with(content.isEmpty ? .none : .complete(content)))
    }

    /// Chunked content has outgrown what is collected.
    private mutating func deliverAsStream() {
        guard let request = pending else { return }
        pending = nil
        sink = .stream
        deliver(request.with(.streaming(length: nil)))
        deliverPiece(collected)
        collected = []
        if body.isComplete { perform(.bodyEnd) }
    }

    private mutating func deliverPiece(_ piece: [UInt8]) {
        unconsumed += piece.count
        perform(.body(piece))
    }

    /// Drops content, up to the limit; beyond it the connection is not worth keeping.
    private mutating func discard(
        _ bytes: Span<UInt8>, from start: Int, now: UInt64
    ) throws(HTTP1Refusal) -> Int {
        var dropped: [UInt8] = []
        let end = try body.read(bytes, from: start, into: &dropped)
        discarded += end - start
        if discarded > configuration.maximumDiscardedBytes {
            keepAlive = false
            reading = .draining
            if writing == .idle { closeGracefully(now: now) }
        }
        return end
    }

    private mutating func finishContent(now: UInt64) {
        readDeadline = .max
        reading = .waiting
        if writing == .idle { finishRequest(now: now) }
    }

    var contentDeadline: UInt64 {
        let rate = UInt64(max(1, configuration.minimumBodyRate))
        let allowance = UInt64(contentReceived).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflow) = (contentStart + timeouts.body).addingReportingOverflow(allowance.partialValue / rate)
        return overflow || allowance.overflow ? .max : sum
    }
}
