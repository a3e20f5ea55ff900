import LockstepRuntime

@testable import LockstepServer

/// What a connection makes of some input when a handler answers each request with an empty 200: the requests with their
/// content, and how it ended. Cutting the input differently must not change it.
struct RecordedExchange: Equatable, CustomStringConvertible {
    var requests: [String] = []
    /// The reason of a refusal, `body: reason` for content that failed, or nil.
    var refusal: String?
    /// Whether the connection asked to be closed or ended.
    var isClosed = false

    var description: String {
        "\(requests) refusal=\(refusal ?? "none") closed=\(isClosed)"
    }

    /// Feeds `input` in pieces that end at the given offsets.
    init(
        _ input: [UInt8], cutAt cuts: [Int] = [], thenEnd: Bool = false,
        _ configure: (inout HTTP1Configuration) -> Void = { _ in }
    ) {
        var script = ConnectionTranscript(configure)
        var start = 0
        for end in cuts + [input.count] {
            let piece = Array(input[start..<end])
            script.connection.receive(piece.span, now: script.now)
            run(&script)
            start = end
        }
        if thenEnd {
            script.connection.receivedEnd(now: script.now)
            run(&script)
        }
        isClosed = isClosed || script.connection.isClosed
    }

    init(_ input: String) {
        self.init(Array(input.utf8))
    }

    private mutating func run(_ script: inout ConnectionTranscript) {
        while let action = script.connection.nextAction() {
            switch action {
            case .request(let request):
                requests.append(ConnectionTranscript.line(.request(request)))
                if case .streaming = request.content {
                    requests[requests.count - 1] += ": "
                } else {
                    answer(&script)
                }
            case .body(let piece):
                requests[requests.count - 1] += String(decoding: piece, as: UTF8.self)
                script.connection.bodyConsumed(piece.count, now: script.now)
            case .bodyEnd:
                answer(&script)
            case .bodyFailed(let failure):
                refusal =
                    if case .refused(let reason) = failure { "body: \(reason.reason)" } else { "body: peer closed" }
                answer(&script)
            case .refuse(let reason, _):
                refusal = reason.reason
                script.write(reason)
            case .shutdownWrite, .close, .abort:
                isClosed = true
            case .pauseReading, .resumeReading:
                break
            }
        }
    }

    private func answer(_ script: inout ConnectionTranscript) {
        _ = script.connection.respond(200, [:], .none, date: script.date, into: &script.output, now: script.now)
    }
}

/// The reason for which the connection refuses `input`, or nil.
func refusal(of input: String) -> String? { RecordedExchange(input).refusal }

/// The refusal of a request that has these field lines (each without its line end) after a valid Host.
func refusal(withFields fields: String...) -> String? {
    refusal(of: "POST / HTTP/1.1\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n")
}
