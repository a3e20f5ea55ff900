internal import CLockstepLinux
internal import Glibc

/// Bytes on their way to a socket: small writes gathered in a tail, large ones queued as they are.
///
/// ```
/// segments [ head + small writes ][ large content ] …   tail: what is being appended
///            ^offset: sent so far
/// ```
struct OutputQueue {
    /// What one attempt to write came to.
    enum Outcome: Equatable {
        /// Nothing is left.
        case flushed
        /// The socket is full.
        case blocked(progress: Bool)
        /// The connection is gone.
        case failed
    }

    /// A drained tail keeps its memory up to this size.
    private static let keptCapacity = 4096

    private var segments: [[UInt8]] = []
    private var segmentBytes = 0
    private var offset = 0

    /// Where small writes are appended.
    var tail: [UInt8] = []

    /// Bytes that have not been sent.
    var byteCount: Int { segmentBytes + tail.count - offset }
    var isEmpty: Bool { segments.isEmpty && tail.isEmpty }

    /// Appends without copying.
    mutating func append(separately bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        sealTail()
        segments.append(bytes)
        segmentBytes += bytes.count
    }

    mutating func removeAll() {
        self = OutputQueue()
    }

    /// Writes as much as the socket takes.
    mutating func write(to fd: Int32) -> Outcome {
        var progress = false
        while !isEmpty {
            let attempted = min(byteCount, attemptSize)
            let sent = segments.isEmpty ? sendTail(fd) : sendSegments(fd)
            if sent < 0 {
                if errno == EINTR { continue }
                return errno == EAGAIN ? .blocked(progress: progress) : .failed
            }
            consume(sent)
            if sent > 0 { progress = true }
            // Less than asked for: the socket's buffer is full, and asking again would cost a system call to learn it.
            if sent < attempted { return .blocked(progress: progress) }
        }
        return .flushed
    }

    /// Hands the first bytes to `body`, which returns how many of them it took.
    mutating func consumeFront(_ body: (UnsafeRawBufferPointer) -> Int) {
        let taken =
            segments.isEmpty
            ? tail.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
            : segments[0].withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
        consume(taken)
    }

    private mutating func sealTail() {
        guard !tail.isEmpty else { return }
        segmentBytes += tail.count
        segments.append(tail)
        tail = []
    }

    /// What one system call covers: the tail, or the first two segments.
    private var attemptSize: Int {
        guard let first = segments.first else { return tail.count - offset }
        return first.count - offset + (segments.count > 1 ? segments[1].count : tail.count)
    }

    private func sendTail(_ fd: Int32) -> Int {
        tail.withUnsafeBytes { send(fd, $0.baseAddress! + offset, $0.count - offset, Int32(MSG_NOSIGNAL)) }
    }

    private func sendSegments(_ fd: Int32) -> Int {
        segments[0].withUnsafeBytes { first in
            let second = segments.count > 1 ? segments[1] : tail
            return second.withUnsafeBytes { second in
                var vectors = (
                    iovec(
                        iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress! + offset),
                        iov_len: first.count - offset),
                    iovec(
                        iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
                )
                return withUnsafeMutableBytes(of: &vectors) { vectors in
                    var message = msghdr()
                    message.msg_iov = vectors.baseAddress!.assumingMemoryBound(to: iovec.self)
                    message.msg_iovlen = second.isEmpty ? 1 : 2
                    return sendmsg(fd, &message, Int32(MSG_NOSIGNAL))
                }
            }
        }
    }

    private mutating func consume(_ count: Int) {
        offset += count
        while let first = segments.first, offset >= first.count {
            offset -= first.count
            segmentBytes -= first.count
            segments.removeFirst()
        }
        guard segments.isEmpty, offset == tail.count else { return }
        offset = 0
        if tail.capacity > OutputQueue.keptCapacity { tail = [] } else { tail.removeAll(keepingCapacity: true) }
    }
}
