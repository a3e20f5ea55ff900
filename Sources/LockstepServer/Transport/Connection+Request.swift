internal import CLockstepLinux
internal import Glibc
internal import LockstepEventLoop
internal import LockstepRuntime

extension Connection {
    // MARK: From request to response

    /// Starts the handler; it runs at once until it first waits, on this loop.
    func start(_ received: HTTP1Request) {
        let body: RequestBody
        switch received.content {
        case .none:
            body = .empty
        case .complete(let bytes):
            body = .bytes(bytes)
        case .streaming:
            let stream = RequestBodyStream(self)
            bodyStream = stream
            body = .stream(stream)
        }
        let request = Request(
            received.method, received.target, headers: received.headers, body: body, remoteAddress: remoteAddress,
            isSecure: tls != nil, clientCertificate: clientCertificate)
        let context = RequestContext(remoteAddress: remoteAddress, logger: settings.logger, time: settings.time)
        answering = true
        let task = Task.immediateDetached(executorPreference: loop) { [self] in
            await answer(request, context)
        }
        // The handler may be done already, and the connection with the next request.
        if answering, isOpen { self.task = task } else if !isOpen { task.cancel() }
    }

    private func answer(_ request: Request, _ context: RequestContext) async {
        var response: Response
        do {
            response = try await settings.responder.respond(to: request, context)
        } catch {
            response = settings.renderer.response(for: error, to: request, context)
        }
        loop.checkIsCurrent()
        guard isOpen else { return }
        switch response.body {
        case .none: send(response, .none)
        case .bytes(let bytes): send(response, .bytes(bytes))
        case .stream(let length, let source):
            begin(response, length)
            await stream(source, context)
        }
    }

    /// Sends a whole response.
    private func send(_ response: Response, _ content: HTTP1Content) {
        listener.updateDate()
        releaseRequest()
        let write = http.respond(
            response.status, response.headers, content, date: listener.date, into: &output.tail,
            now: loop.now.nanoseconds)
        if write == .separate, case .bytes(let bytes) = content { output.append(separately: bytes) }
        settle()
    }

    private func releaseRequest() {
        answering = false
        task = nil
        guard let bodyStream else { return }
        bodyStream.detach()
        self.bodyStream = nil
    }

    // MARK: Response streams

    private func begin(_ response: Response, _ length: Int?) {
        listener.updateDate()
        _ = http.respond(
            response.status, response.headers, .stream(length: length), date: listener.date, into: &output.tail,
            now: loop.now.nanoseconds)
        gather()
    }

    /// Pulls the content piece by piece, no faster than the peer takes it.
    private func stream(_ source: any BodySource, _ context: RequestContext) async {
        do {
            // Out of `settle()`, which may have started this task: it writes nothing before its actions are done.
            await Task.yield()
            while http.wantsContent, let piece = try await source.next() {
                loop.checkIsCurrent()
                guard isOpen else { return }
                if http.sendBody(piece, into: &output.tail, now: loop.now.nanoseconds) == .separate {
                    output.append(separately: piece)
                }
                await keepPace()
                guard isOpen else { return }
            }
            loop.checkIsCurrent()
            guard isOpen else { return }
            releaseRequest()
            http.endBody(into: &output.tail, now: loop.now.nanoseconds)
        } catch {
            loop.checkIsCurrent()
            guard isOpen else { return }
            context.logger.error("response stream failed", ["cause": .string(String(describing: type(of: error)))])
            http.abortResponse()
        }
        settle()
    }

    /// Writes when the turn ends, or now when much has gathered; then others get their turn, and when the socket does not
    /// take it all, the stream waits until it has.
    private func keepPace() async {
        guard output.byteCount >= ListenerSettings.outputHighWatermark else { return gather() }
        settle()
        if isOpen, isBlocked {
            await withUnsafeContinuation { drainWaiter = $0 }
        } else {
            await Task.yield()
        }
    }

    private func gather() {
        guard !isWaitingForFlush else { return }
        isWaitingForFlush = true
        listener.flushAtEndOfTurn(self)
    }

    // MARK: Request streams

    /// The handler waits for content.
    func bodyRequested() {
        guard isOpen else { return }
        http.requestBody(into: &output.tail, now: loop.now.nanoseconds)
        settle()
    }

    /// The handler has taken content.
    func bodyConsumed(_ count: Int) {
        guard isOpen else { return }
        http.bodyConsumed(count, now: loop.now.nanoseconds)
        settle()
    }

    // MARK: The end

    func endWriting() {
        shutdown(fd, Int32(SHUT_WR))
    }
}

extension HTTP1Connection {
    /// Whether the response's content goes to the peer: not after HEAD, nor once the connection is over.
    fileprivate var wantsContent: Bool {
        switch writing {
        case .fixed, .chunked, .untilClose: true
        case .idle, .awaitingResponse, .suppressed, .closing, .closed: false
        }
    }
}
