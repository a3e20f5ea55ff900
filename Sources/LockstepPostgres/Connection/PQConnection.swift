internal import CLockstepPQ
internal import Glibc

/// Owns one `PGconn`: one method a libpq call, result codes read at once. Used on one thread at a time.
final class PQConnection {
    private let raw: OpaquePointer

    /// What a non-blocking write came to.
    enum Flush {
        case done
        case mustWait
        case failed
    }

    /// What connecting needs next.
    enum Poll {
        case readable
        case writable
        case ready
        case failed
    }

    /// The next result of the pipeline.
    enum Next {
        case result(PQResult?)
        case failure(PQResult)
        case aborted
        case copy
        case sync
        case endOfCommand
    }

    /// Begins to connect. Names must have been resolved (`hostaddr`), because libpq would resolve them here and block.
    init?(_ parameters: ConnectionParameters) {
        let started = parameters.withKeywordsAndValues { PQconnectStartParams($0, $1, 0) }
        guard let started else { return nil }
        raw = started
        PQsetNoticeReceiver(raw, { _, _ in }, nil)
    }

    deinit {
        PQfinish(raw)
    }

    var isBad: Bool { PQstatus(raw) == CONNECTION_BAD }
    var socket: Int32 { PQsocket(raw) }
    var backendID: Int32 { PQbackendPID(raw) }
    var usesTLS: Bool { PQsslInUse(raw) != 0 }
    var isIdleOutsideTransaction: Bool { PQtransactionStatus(raw) == PQTRANS_IDLE }
    /// libpq's last message; may name hosts, users and data.
    var errorMessage: String { String(cString: PQerrorMessage(raw)) }

    func pollConnecting() -> Poll {
        switch PQconnectPoll(raw) {
        case PGRES_POLLING_OK: .ready
        case PGRES_POLLING_READING: .readable
        case PGRES_POLLING_WRITING: .writable
        default: .failed
        }
    }

    /// Non-blocking pipeline mode; false when libpq refuses.
    func enterPipeline() -> Bool {
        PQsetnonblocking(raw, 1) == 0 && PQenterPipelineMode(raw) == 1
    }

    func setNonBlocking() -> Bool { PQsetnonblocking(raw, 1) == 0 }

    // MARK: Sending. Each method only adds to libpq's buffer; false when the connection is unusable.

    func sendPrepare(_ id: StatementCache.ID, _ key: StatementKey) -> Bool {
        let types = key.types.map(\.rawValue)
        return withName(id) { name in
            withText(key.text) { PQsendPrepare(raw, name, $0, Int32(types.count), types) == 1 }
        }
    }

    func sendExecute(_ id: StatementCache.ID, _ parameters: SQLParameters) -> Bool {
        withName(id) { name in
            PQConnection.withArrays(parameters) { count, values, lengths, formats in
                PQsendQueryPrepared(raw, name, count, values, lengths, formats, 1) == 1
            }
        }
    }

    /// Parses, binds and executes without a name, for statements that are not worth keeping.
    func sendQuery(_ sql: SQL) -> Bool {
        let types = sql.parameters.entries.map(\.type.rawValue)
        return withText(sql.bytes) { text in
            PQConnection.withArrays(sql.parameters) { count, values, lengths, formats in
                PQsendQueryParams(raw, text, count, types, values, lengths, formats, 1) == 1
            }
        }
    }

    func sendDeallocate(_ id: StatementCache.ID) -> Bool {
        PQsendQueryParams(raw, "deallocate s\(id.number)", 0, nil, nil, nil, nil, 0) == 1
    }

    /// A text of several statements in the simple protocol. Not in pipeline mode.
    func sendSimple(_ text: [UInt8]) -> Bool {
        withText(text) { PQsendQuery(raw, $0) == 1 }
    }

    func sendSync() -> Bool { PQpipelineSync(raw) == 1 }

    func flush() -> Flush {
        switch PQflush(raw) {
        case 0: .done
        case 1: .mustWait
        default: .failed
        }
    }

    // MARK: Receiving

    /// Reads what the socket has; false when the connection is lost.
    func consumeInput() -> Bool { PQconsumeInput(raw) == 1 }

    var isBusy: Bool { PQisBusy(raw) != 0 }

    /// The next result; `keep` says whether a successful one is wanted.
    func next(keep: Bool) -> Next {
        guard let result = PQgetResult(raw) else { return .endOfCommand }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY, PGRES_SINGLE_TUPLE:
            if keep { return .result(PQResult(result)) }
            PQclear(result)
            return .result(nil)
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            return .sync
        case PGRES_PIPELINE_ABORTED:
            PQclear(result)
            return .aborted
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            PQclear(result)
            return .copy
        default:
            return .failure(PQResult(result))
        }
    }

    /// The next notification of `listen`, as channel, payload and sender.
    func nextNotification() -> (channel: String, payload: String, sender: Int32)? {
        guard let notification = PQnotifies(raw) else { return nil }
        defer { PQfreemem(notification) }
        let value = notification.pointee
        return (String(cString: value.relname), String(cString: value.extra), value.be_pid)
    }

    /// What another thread needs to cancel the running statement.
    func makeCancel() -> PQCancel? {
        PQgetCancel(raw).map(PQCancel.init)
    }

    // MARK: Pointers

    private func withName<Value>(_ id: StatementCache.ID, _ body: (UnsafePointer<CChar>) -> Value) -> Value {
        // "s" and up to ten digits.
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 12) { buffer in
            buffer[0] = CChar(bitPattern: UInt8(ascii: "s"))
            var digits = 1
            var rest = id.number
            while rest >= 10 {
                rest /= 10
                digits += 1
            }
            rest = id.number
            for index in stride(from: digits, through: 1, by: -1) {
                buffer[index] = CChar(bitPattern: UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            }
            buffer[digits + 1] = 0
            // The buffer has 12 elements, so its base address is there.
            return body(UnsafePointer(buffer.baseAddress!))
        }
    }

    private func withText<Value>(_ text: [UInt8], _ body: (UnsafePointer<CChar>) -> Value) -> Value {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { buffer in
            for (index, byte) in text.enumerated() { buffer[index] = CChar(bitPattern: byte) }
            buffer[text.count] = 0
            // The buffer has at least one element, so its base address is there.
            return body(UnsafePointer(buffer.baseAddress!))
        }
    }

    private static func withArrays<Value>(
        _ parameters: SQLParameters,
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        let entries = parameters.entries
        if entries.isEmpty { return body(0, nil, nil, nil) }
        return parameters.values.withUnsafeBytes { bytes in
            // An empty value needs a pointer that is not NULL, which would mean null.
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: entries.count + 1) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: entries.count * 2 + 1) { numbers in
                    let lengths = UnsafeMutableBufferPointer(rebasing: numbers[..<entries.count])
                    let formats = UnsafeMutableBufferPointer(rebasing: numbers[entries.count...])
                    let empty = UnsafeRawPointer(numbers.baseAddress!)  // has at least one element
                    for (index, entry) in entries.enumerated() {
                        let start = bytes.baseAddress.map { $0 + Int(entry.start) } ?? empty
                        values[index] = entry.length < 0 ? nil : start.assumingMemoryBound(to: CChar.self)
                        lengths[index] = max(0, entry.length)
                        formats[index] = entry.format.rawValue
                    }
                    return body(
                        Int32(entries.count), values.baseAddress, UnsafePointer(lengths.baseAddress),
                        UnsafePointer(formats.baseAddress))
                }
            }
        }
    }
}
