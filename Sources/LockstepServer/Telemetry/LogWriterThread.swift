import Glibc
import Synchronization

/// The thread that writes log lines, so that a slow reader of them never stops an event loop.
///
/// It sleeps in `read` on a pipe; a byte in the pipe means that there are lines. After it wakes it waits a moment for more,
/// so that a busy server pays for a wake-up and a `write` a hundred times a second at most.
final class LogWriterThread: Sendable {
    private static let gatheringMicroseconds: UInt32 = 5000

    private let fileDescriptor: Int32
    private let pipeEnds: (read: Int32, write: Int32)
    /// Held while lines are taken and written, so that lines stay in order and `flush` knows when they are out.
    private let writing = Mutex<(@Sendable () -> [UInt8]?)?>(nil)

    /// Nil if there is no pipe to be had; the output then collects until it is flushed or full.
    init?(fileDescriptor: Int32) {
        self.fileDescriptor = fileDescriptor
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A full pipe means that a wake-up is pending anyway: writing to it must not block.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        pipeEnds = (ends[0], ends[1])
    }

    deinit {
        close(pipeEnds.read)
        close(pipeEnds.write)
    }

    /// Starts the thread; `take` gives the lines, or nil once their owner is gone.
    func start(_ take: @escaping @Sendable () -> [UInt8]?) {
        writing.withLock { $0 = take }
        var thread = pthread_t()
        // The thread owns the box from here on and releases it when it has unpacked it.
        let box = unsafe Unmanaged.passRetained(self).toOpaque()
        let result = unsafe pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer = unsafe pointer else { return nil }
                unsafe Unmanaged<LogWriterThread>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, box)
        if result == 0 {
            pthread_detach(thread)
        } else {
            // Not started, so nobody else releases the box.
            unsafe Unmanaged<LogWriterThread>.fromOpaque(box).release()
        }
    }

    /// Tells the thread that there are lines.
    func wake() {
        var byte: UInt8 = 0
        _ = unsafe Glibc.write(pipeEnds.write, &byte, 1)
    }

    /// Writes what there is, on the calling thread.
    func flush() {
        _ = writeLines()
    }

    private func run() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            let count = unsafe read(pipeEnds.read, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            usleep(Self.gatheringMicroseconds)
            guard writeLines() else { return }
        }
    }

    /// False once the owner of the lines is gone.
    private func writeLines() -> Bool {
        writing.withLock { take in
            guard let lines = take?() else { return false }
            write(all: lines)
            return true
        }
    }

    private func write(all lines: [UInt8]) {
        var start = 0
        while start < lines.count {
            let count = lines.withUnsafeBytes { buffer in
                // In bounds: `start` is below the count, and the pointer does not leave the closure.
                unsafe Glibc.write(fileDescriptor, buffer.baseAddress.unsafelyUnwrapped + start, buffer.count - start)
            }
            if count > 0 {
                start += count
            } else if errno == EAGAIN {
                // Somebody made the descriptor non-blocking; this thread may wait.
                var descriptor = pollfd(fd: fileDescriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&descriptor, 1, 1000)
            } else if errno != EINTR {
                return
            }
        }
    }
}
