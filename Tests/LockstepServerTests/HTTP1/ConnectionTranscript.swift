import LockstepRuntime

@testable import LockstepServer

/// Drives a connection by hand and renders its actions as one line each, so that a test reads as a transcript.
struct ConnectionTranscript: ~Copyable {
    var connection: HTTP1Connection
    var now: UInt64 = 1_000_000_000
    var output: [UInt8] = []
    let date = HTTPDate(unixSeconds: 784_111_777)

    init(_ configure: (inout HTTP1Configuration) -> Void = { _ in }) {
        var configuration = HTTP1Configuration()
        configure(&configuration)
        connection = HTTP1Connection(configuration: configuration, now: now)
    }

    var isIdle: Bool { connection.isIdle }

    /// The actions waiting, one line each.
    mutating func actions() -> [String] {
        var lines: [String] = []
        while let action = connection.nextAction() { lines.append(Self.line(action)) }
        return lines
    }

    mutating func receive(_ text: String) -> [String] { receive(Array(text.utf8)) }

    mutating func receive(_ bytes: [UInt8]) -> [String] {
        connection.receive(bytes.span, now: now)
        return actions()
    }

    mutating func peerEnds() -> [String] {
        connection.receivedEnd(now: now)
        return actions()
    }

    mutating func isLost() -> [String] {
        connection.connectionLost()
        return actions()
    }

    mutating func wait(_ seconds: Double) -> [String] {
        now += UInt64(seconds * 1e9)
        connection.timerFired(now: now)
        return actions()
    }

    mutating func respond(
        _ status: HTTPStatus = 200, _ headers: HTTPFields = [:], _ content: HTTP1Content = .none
    ) -> [String] {
        let write = connection.respond(status, headers, content, date: date, into: &output, now: now)
        return lines(write, of: content) + actions()
    }

    mutating func respond(text: String) -> [String] { respond(200, [:], .bytes(Array(text.utf8))) }

    mutating func send(_ text: String) -> [String] {
        let write = connection.sendBody(Array(text.utf8), into: &output, now: now)
        if write == .separate { output.append(contentsOf: text.utf8) }
        return (write == .dropped ? ["dropped"] : []) + actions()
    }

    mutating func endBody() -> [String] {
        connection.endBody(into: &output, now: now)
        return actions()
    }

    /// Takes bytes and gives the fields with which the connection asks for a protocol error.
    mutating func refusedFields(_ text: String) -> HTTPFields? {
        let bytes = Array(text.utf8)
        connection.receive(bytes.span, now: now)
        return refusedFields()
    }

    /// Lets time pass and gives the fields with which the connection asks for a protocol error.
    mutating func refusedFields(after seconds: Double) -> HTTPFields? {
        now += UInt64(seconds * 1e9)
        connection.timerFired(now: now)
        return refusedFields()
    }

    private mutating func refusedFields() -> HTTPFields? {
        var fields: HTTPFields?
        while let action = connection.nextAction() {
            if case .refuse(_, let read) = action { fields = read }
        }
        return fields
    }

    /// Writes the protocol error that the last action asked for.
    mutating func refuse(_ refusal: HTTP1Refusal) -> [String] {
        write(refusal)
        return actions()
    }

    mutating func write(_ refusal: HTTP1Refusal) {
        let response = ProblemRenderer().response(for: refusal.problem)
        connection.refuse(with: response, date: date, into: &output, now: now)
    }

    /// What has been written since the last call, with CR LF as line ends and without the constant Date line.
    mutating func written() -> String {
        defer { output = [] }
        return String(decoding: output, as: UTF8.self)
            .replacing("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", with: "")
    }

    private mutating func lines(_ write: HTTP1Write, of content: HTTP1Content) -> [String] {
        guard case .bytes(let bytes) = content else { return [] }
        if write == .separate { output.append(contentsOf: bytes) }
        return write == .separate ? ["separate \(bytes.count)"] : []
    }

    static func line(_ action: HTTP1Action) -> String {
        switch action {
        case .request(let request):
            let content =
                switch request.content {
                case .none: ""
                case .complete(let bytes): " \"\(String(decoding: bytes, as: UTF8.self))\""
                case .streaming(let length?): " stream \(length)"
                case .streaming(nil): " stream"
                }
            return "\(request.method) \(request.target) 1.\(request.minorVersion)\(content)"
        case .body(let bytes): return "body \"\(String(decoding: bytes, as: UTF8.self))\""
        case .bodyEnd: return "body end"
        case .bodyFailed(.refused(let refusal)): return "body failed \(refusal.status) \(refusal.reason)"
        case .bodyFailed(.peerClosed): return "body failed: peer closed"
        case .refuse(let refusal, _): return "refuse \(refusal.status) \(refusal.reason)"
        case .pauseReading: return "pause"
        case .resumeReading: return "resume"
        case .shutdownWrite: return "shutdown write"
        case .close: return "close"
        case .abort: return "abort"
        }
    }
}
