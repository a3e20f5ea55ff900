import Glibc

/// Runs blocking code on a thread made for it.
enum BlockingThread {
    private final class Job {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job { continuation.resume(with: Swift.Result { try body() }) }
            var thread = pthread_t()
            // The thread takes over the reference that is retained here.
            let opaque = Unmanaged.passRetained(job).toOpaque()
            let status = pthread_create(&thread, nil, BlockingThread.main, opaque)
            guard status == 0 else {
                Unmanaged<Job>.fromOpaque(opaque).release()
                continuation.resume(throwing: SocketError(operation: "pthread_create", errno: status))
                return
            }
            pthread_detach(thread)
        }
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
    }
}
