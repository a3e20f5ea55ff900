import Testing

@testable import LockstepPostgres

/// Transcripts: what libpq yields, line by line, and what is made of it. No server, no libpq.
struct PipelineStateTests {
    typealias State = PipelineState<String, String>

    private let id = StatementCache.ID(number: 1)

    private func group(
        _ ticket: String, _ commands: CommandList = [.answer], prepares: [StatementCache.ID] = [],
        inTransaction: Bool = false,
        mayResend: Bool = true
    ) -> State.Group {
        State.Group(
            ticket: ticket, commands: commands, prepares: prepares, statement: id, cost: 10,
            isInTransaction: inTransaction, mayResend: mayResend)
    }

    /// Feeds events and returns what each came to, in words.
    private func play(_ state: inout State, _ events: State.Event...) -> [String] {
        events.map { event in
            switch state.receive(event) {
            case .proceed: "proceed"
            case .finish(let group, let ending):
                "\(group.ticket) \(ending) \(group.failure ?? group.output ?? "-")"
            case .close(let fatal): "close \(fatal)"
            }
        }
    }

    @Test func resultsGoToTheirGroupsInOrder() {
        var state = State()
        #expect(state.sent(group("one")) == 0)
        #expect(state.sent(group("two")) == 1)
        #expect(state.bytesInFlight == 20)
        #expect(
            play(
                &state, .result("1"), .endOfCommand, .sync, .result("2"), .endOfCommand, .sync) == [
                    "proceed", "proceed", "one succeeded 1", "proceed", "proceed", "two succeeded 2",
                ])
        #expect(state.isIdle)
        #expect(state.bytesInFlight == 0)
    }

    @Test func theIdentityBeforeAStatementIsNotItsAnswer() {
        var state = State()
        _ = state.sent(group("q", [.prologue, .answer]))
        #expect(!state.wantsOutput)
        _ = play(&state, .result(nil), .endOfCommand)
        #expect(state.wantsOutput)
        #expect(play(&state, .result("rows"), .endOfCommand, .sync).last == "q succeeded rows")
    }

    @Test func anErrorStaysInItsGroup() {
        var state = State()
        _ = state.sent(group("bad", [.prologue, .answer]))
        _ = state.sent(group("good"))
        #expect(
            play(
                &state, .failure("denied", .other), .endOfCommand, .aborted, .endOfCommand, .sync, .result("ok"),
                .endOfCommand, .sync) == [
                    "proceed", "proceed", "proceed", "proceed", "bad failed denied", "proceed", "proceed",
                    "good succeeded ok",
                ])
    }

    @Test func anErrorAtTheCommitOfTheImplicitTransactionFailsTheGroup() {
        var state = State()
        _ = state.sent(group("q"))
        #expect(
            play(&state, .result("done"), .endOfCommand, .failure("deferred check", .other), .endOfCommand, .sync)
                .last == "q failed deferred check")
    }

    @Test func aStatementCountsAsPreparedOnlyThroughItsOwnSuccess() {
        var state = State()
        _ = state.sent(group("q", [.prepare, .answer], prepares: [id]))
        _ = play(&state, .result(nil))
        #expect(state.takeCacheEvents() == [.prepared(id)])
        // Its execution fails: the statement stays prepared.
        _ = play(&state, .endOfCommand, .failure("no", .other), .endOfCommand, .sync)
        #expect(state.takeCacheEvents().isEmpty)
        _ = state.sent(group("r", [.prologue, .prepare, .answer], prepares: [id]))
        _ = play(&state, .failure("no", .other), .endOfCommand, .aborted)
        #expect(state.takeCacheEvents() == [.prepareFailed(id)])
    }

    @Test func whoReliedOnAPrepareThatFailedIsSentAgain() {
        var state = State()
        _ = state.sent(group("first", [.prepare, .answer], prepares: [id]))
        _ = state.sent(group("second"))
        #expect(
            play(
                &state, .failure("syntax", .other), .endOfCommand, .aborted, .endOfCommand, .sync,
                .failure("26000", .unknownStatement), .endOfCommand, .sync) == [
                    "proceed", "proceed", "proceed", "proceed", "first failed syntax", "proceed", "proceed",
                    "second resend 26000",
                ])
        #expect(state.takeCacheEvents() == [.prepareFailed(id), .invalid(id)])
    }

    @Test func aStalePlanIsPreparedAnewExceptInATransaction() {
        var state = State()
        _ = state.sent(group("free"))
        _ = state.sent(group("held", inTransaction: true))
        _ = state.sent(group("twice", mayResend: false))
        for expected in ["free resend stale", "held failed stale", "twice failed stale"] {
            #expect(play(&state, .failure("stale", .stalePlan), .endOfCommand, .sync).last == expected)
        }
        #expect(state.takeCacheEvents() == [.invalid(id), .invalid(id), .invalid(id)])
    }

    @Test func aLostIdentityStatementEmptiesTheCache() {
        var state = State()
        _ = state.sent(group("q", [.prologue, .answer]))
        #expect(
            play(&state, .failure("26000", .unknownStatement), .endOfCommand, .aborted, .endOfCommand, .sync).last
                == "q resend 26000")
        #expect(state.takeCacheEvents() == [.allUnknown])
    }

    @Test func onlyTheStatementAtTheHeadIsCancelled() {
        var state = State()
        _ = state.sent(group("one"))
        let two = state.sent(group("two"))
        #expect(state.requestCancel(two) == false)
        #expect(play(&state, .result("1"), .endOfCommand, .sync).last == "one succeeded 1")
        #expect(state.mustSendCancel() == true)
        #expect(state.mustSendCancel() == false, "one request at a time")
        #expect(play(&state, .failure("57014", .canceled), .endOfCommand, .sync).last == "two failed 57014")
    }

    @Test func aNeighbourHitByACancelRequestIsSentAgain() {
        var state = State()
        let one = state.sent(group("one"))
        _ = state.sent(group("two"))
        #expect(state.requestCancel(one) == true)
        // The statement ends before the request arrives, which then hits its neighbour.
        #expect(play(&state, .result("1"), .endOfCommand, .sync).last == "one succeeded 1")
        state.cancelDelivered()
        _ = state.sent(group("three"))
        #expect(play(&state, .failure("57014", .canceled), .endOfCommand, .sync).last == "two resend 57014")
        // Sent after the delivery: the server's own statement_timeout, not ours.
        #expect(play(&state, .failure("57014", .canceled), .endOfCommand, .sync).last == "three failed 57014")
    }

    @Test func readsThatShareASyncEndOneByOne() {
        var state = State()
        #expect(!state.canFollow)
        _ = state.sent(group("one", [.prologue, .answer]))
        #expect(state.canFollow)
        #expect(state.follows(group("two")) == 1)
        _ = state.sent(group("three"))
        #expect(
            play(
                &state, .result(nil), .endOfCommand, .result("1"), .endOfCommand, .result("2"), .endOfCommand, .sync,
                .result("3"), .endOfCommand, .sync) == [
                    "proceed", "proceed", "proceed", "one succeeded 1", "proceed", "proceed", "two succeeded 2",
                    "proceed",
                    "proceed", "three succeeded 3",
                ])
        #expect(state.bytesInFlight == 0)
    }

    @Test func aReadBehindOneThatFailedIsSentAgain() {
        var state = State()
        _ = state.sent(group("good"))
        _ = state.follows(group("bad", [.prologue, .answer]))
        _ = state.follows(group("skipped", [.prologue, .answer]))
        _ = state.follows(group("last"))
        _ = state.sent(group("next"))
        #expect(
            play(
                &state, .result("1"), .endOfCommand, .failure("denied", .other), .endOfCommand, .aborted, .endOfCommand,
                .aborted, .endOfCommand, .aborted, .endOfCommand, .aborted, .endOfCommand, .sync, .result("5"),
                .endOfCommand, .sync
            ).filter { $0 != "proceed" } == [
                "good succeeded 1", "bad failed denied", "skipped resend -", "last resend -", "next succeeded 5",
            ])
    }

    @Test func aCancelledReadIsCancelledThoughItIsNotTheFirstOfItsSync() {
        var state = State()
        _ = state.sent(group("one"))
        let two = state.follows(group("two"))
        _ = state.follows(group("three"))
        let four = state.sent(group("four"))
        #expect(state.requestCancel(four) == false, "it is not in the sync that runs")
        #expect(state.requestCancel(two) == true)
        // The request hits the first, which nobody wanted to cancel.
        #expect(
            play(
                &state, .failure("57014", .canceled), .endOfCommand, .aborted, .endOfCommand, .aborted, .endOfCommand,
                .sync
            ).filter { $0 != "proceed" } == ["one resend 57014", "two resend -", "three resend -"])
    }

    @Test func nothingFollowsAGroupThatHasEnded() {
        var state = State()
        _ = state.sent(group("one"))
        _ = play(&state, .result("1"), .endOfCommand)
        #expect(!state.canFollow)
        #expect(play(&state, .sync) == ["one succeeded 1"])
    }

    @Test func aSyncBeforeTheLastOfThoseThatShareItIsOutOfStep() {
        var state = State()
        _ = state.sent(group("one"))
        _ = state.follows(group("two"))
        #expect(play(&state, .sync) == ["close outOfStep"])
    }

    @Test func everybodyIsToldWhenTheConnectionIsLost() {
        var state = State()
        for name in ["a", "b", "c"] { _ = state.sent(group(name)) }
        _ = play(&state, .result("1"))
        #expect(state.connectionLost().map(\.ticket) == ["a", "b", "c"])
        #expect(state.isIdle)
        #expect(state.bytesInFlight == 0)
    }

    @Test func whatDoesNotFitClosesTheConnection() {
        var state = State()
        #expect(play(&state, .result("?")) == ["close outOfStep"])
        _ = state.sent(group("q"))
        #expect(play(&state, .sync) == ["close outOfStep"])
        _ = state.sent(group("q"))
        #expect(play(&state, .copy) == ["close copyInPipeline"])
        var other = State()
        _ = other.sent(group("q"))
        #expect(play(&other, .result("1"), .endOfCommand, .endOfCommand).last == "close outOfStep")
    }
}
