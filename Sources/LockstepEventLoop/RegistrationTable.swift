/// Which handler belongs to which token that epoll reports.
///
/// A token is a slot and a generation, so an event that epoll had already reported for a closed descriptor cannot reach
/// the handler that took the slot afterwards.
struct RegistrationTable {
    private struct Slot {
        var fd: Int32 = -1
        var generation: UInt32 = 0
        var handler: ((IOEvents) -> Void)?
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []

    var count: Int { slots.count - free.count }

    mutating func insert(_ fd: Int32, _ handler: @escaping (IOEvents) -> Void) -> UInt64 {
        let index: UInt32
        if let reused = free.popLast() {
            index = reused
        } else {
            index = UInt32(slots.count)
            slots.append(Slot())
        }
        slots[Int(index)].fd = fd
        slots[Int(index)].handler = handler
        return UInt64(slots[Int(index)].generation) << 32 | UInt64(index)
    }

    func handler(_ token: UInt64) -> ((IOEvents) -> Void)? {
        let index = Int(token & 0xffff_ffff)
        guard index < slots.count, slots[index].generation == UInt32(token >> 32) else { return nil }
        return slots[index].handler
    }

    func descriptor(_ token: UInt64) -> Int32? {
        let index = Int(token & 0xffff_ffff)
        guard index < slots.count, slots[index].generation == UInt32(token >> 32), slots[index].handler != nil else {
            return nil
        }
        return slots[index].fd
    }

    /// Forgets a handler and returns its descriptor; nil when it was forgotten before.
    mutating func remove(_ token: UInt64) -> Int32? {
        guard let fd = descriptor(token) else { return nil }
        let index = Int(token & 0xffff_ffff)
        slots[index].fd = -1
        slots[index].handler = nil
        slots[index].generation &+= 1
        free.append(UInt32(index))
        return fd
    }
}
