internal import Glibc

/// The limit on open descriptors.
enum OpenFiles {
    /// Raises the soft limit (often 1024) to the hard limit: each connection is a descriptor, and a server uses no
    /// `select`, for which the soft limit is kept low.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
