internal import Glibc

/// A system call that failed: which one, and its `errno`.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The name of the call, such as `epoll_create1`.
    public let call: String
    /// The value of `errno` after the call.
    public let code: Int32

    /// Names a failure of `call` with the given `errno`.
    public init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// The failure that `errno` describes right now.
    public static func last(_ call: String) -> SystemError {
        SystemError(call: call, code: errno)
    }

    /// `call: the system's words (errno n)`.
    public var description: String {
        "\(call): \(String(cString: strerror(code))) (errno \(code))"
    }
}
