internal import CLockstepLinux

/// A descriptor that an ``EventLoop`` watches. To be used on that loop only.
///
/// The descriptor stays the caller's: deregister first, then close it.
public struct Registration: Sendable {
    /// The loop that watches.
    public let loop: EventLoop
    let token: UInt64

    /// Changes what the descriptor is watched for.
    public func modify(_ interest: IOEvents) throws(SystemError) {
        loop.checkIsCurrent()
        guard let fd = loop.state.registrations.descriptor(token) else { return }
        var event = epoll_event(events: interest.rawValue, data: epoll_data(u64: token))
        if epoll_ctl(loop.epollDescriptor, EPOLL_CTL_MOD, fd, &event) != 0 { throw .last("epoll_ctl") }
    }

    /// Stops watching. The handler is not called again, even for events that were already reported. Idempotent.
    public func deregister() {
        loop.checkIsCurrent()
        guard let fd = loop.state.registrations.remove(token) else { return }
        var event = epoll_event()
        // Fails only when the descriptor was closed first, which removed it as well.
        _ = epoll_ctl(loop.epollDescriptor, EPOLL_CTL_DEL, fd, &event)
    }

    /// Stops watching a descriptor that the caller closes right away: closing removes it from epoll, which saves a
    /// system call. Wrong for a descriptor that has a duplicate.
    public func deregisterBeforeClosing() {
        loop.checkIsCurrent()
        _ = loop.state.registrations.remove(token)
    }
}
