internal import LockstepRuntime

/// Says what it understood, or gives it back.
struct Handler: DefaultAPI {
    func simple(_ input: Simple.Input, _ context: RequestContext) async throws -> Simple.Output {
        .ok("\(input)")
    }

    func simpleExploded(_ input: SimpleExploded.Input, _ context: RequestContext) async throws -> SimpleExploded.Output
    {
        .ok("\(input)")
    }

    func label(_ input: Label.Input, _ context: RequestContext) async throws -> Label.Output {
        .ok("\(input)")
    }

    func labelExploded(_ input: LabelExploded.Input, _ context: RequestContext) async throws -> LabelExploded.Output {
        .ok("\(input)")
    }

    func matrix(_ input: Matrix.Input, _ context: RequestContext) async throws -> Matrix.Output {
        .ok("\(input)")
    }

    func matrixExploded(_ input: MatrixExploded.Input, _ context: RequestContext) async throws -> MatrixExploded.Output
    {
        .ok("\(input)")
    }

    func queryForm(_ input: QueryForm.Input, _ context: RequestContext) async throws -> QueryForm.Output {
        .ok("\(input)")
    }

    func queryFormExploded(_ input: QueryFormExploded.Input, _ context: RequestContext) async throws
        -> QueryFormExploded.Output
    {
        .ok("\(input)")
    }

    func querySpaceDelimited(_ input: QuerySpaceDelimited.Input, _ context: RequestContext) async throws
        -> QuerySpaceDelimited.Output
    {
        .ok("\(input)")
    }

    func queryPipeDelimited(_ input: QueryPipeDelimited.Input, _ context: RequestContext) async throws
        -> QueryPipeDelimited.Output
    {
        .ok("\(input)")
    }

    func queryDeepObject(_ input: QueryDeepObject.Input, _ context: RequestContext) async throws
        -> QueryDeepObject.Output
    {
        .ok("\(input)")
    }

    func header(_ input: Header.Input, _ context: RequestContext) async throws -> Header.Output {
        .ok("\(input)")
    }

    func headerExploded(_ input: HeaderExploded.Input, _ context: RequestContext) async throws -> HeaderExploded.Output
    {
        .ok("\(input)")
    }

    func cookie(_ input: Cookie.Input, _ context: RequestContext) async throws -> Cookie.Output {
        .ok("\(input)")
    }

    func cookieExploded(_ input: CookieExploded.Input, _ context: RequestContext) async throws -> CookieExploded.Output
    {
        .ok("\(input)")
    }

    func queryContent(_ input: QueryContent.Input, _ context: RequestContext) async throws -> QueryContent.Output {
        .ok("\(input)")
    }

    func echoUnion(_ input: EchoUnion.Input, _ context: RequestContext) async throws -> EchoUnion.Output {
        .ok(input.body)
    }

    func echoForm(_ input: EchoForm.Input, _ context: RequestContext) async throws -> EchoForm.Output {
        .ok(input.body)
    }

    func takeParts(_ input: TakeParts.Input, _ context: RequestContext) async throws -> TakeParts.Output {
        .ok("\(input.body)")
    }

    /// Asks on behind every item that is wrong.
    func takeItems(_ input: TakeItems.Input, _ context: RequestContext) async throws -> TakeItems.Output {
        switch input.body {
        case .jsonl(let items), .jsonSeq(let items): try await .ok(count(items))
        case .eventStream(let events): try await .ok(count(events))
        }
    }

    private func count<Item>(_ items: ItemSequence<Item>) async throws -> String {
        var iterator = items.makeAsyncIterator()
        var good = 0
        var bad = 0
        while true {
            do {
                guard try await iterator.next() != nil else { return "\(good) \(bad)" }
                good += 1
            } catch {
                bad += 1
            }
        }
    }
}
