/// A binary heap of timers, earliest first; ties fire in the order in which they were set.
///
/// A timer can be removed from the middle (the slot knows its place in the heap), so cancelled timers do not pile up
/// until their time comes.
struct TimerHeap {
    private struct Slot {
        var deadline = LoopInstant.distantFuture
        var order: UInt64 = 0
        var position = 0
        var generation: UInt32 = 0
        var body: (() -> Void)?
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []
    private var heap: [UInt32] = []
    private var nextOrder: UInt64 = 0

    var isEmpty: Bool { heap.isEmpty }
    var count: Int { heap.count }
    var earliest: LoopInstant? { heap.first.map { slots[Int($0)].deadline } }

    /// Adds a timer and returns the token that cancels it.
    mutating func insert(at deadline: LoopInstant, _ body: @escaping () -> Void) -> UInt64 {
        let index: UInt32
        if let reused = free.popLast() {
            index = reused
        } else {
            index = UInt32(slots.count)
            slots.append(Slot())
        }
        slots[Int(index)].deadline = deadline
        slots[Int(index)].order = nextOrder
        slots[Int(index)].body = body
        nextOrder &+= 1
        heap.append(index)
        slots[Int(index)].position = heap.count - 1
        siftUp(heap.count - 1)
        return UInt64(slots[Int(index)].generation) << 32 | UInt64(index)
    }

    /// Removes a timer; false when it has fired or was cancelled before.
    mutating func remove(_ token: UInt64) -> Bool {
        let index = Int(token & 0xffff_ffff)
        guard index < slots.count, slots[index].generation == UInt32(token >> 32), slots[index].body != nil else {
            return false
        }
        removeFromHeap(at: slots[index].position)
        release(UInt32(index))
        return true
    }

    /// Removes the earliest timer if its time has come, and returns what it should do.
    mutating func popExpired(_ now: LoopInstant) -> (() -> Void)? {
        guard let index = heap.first, slots[Int(index)].deadline <= now else { return nil }
        let body = slots[Int(index)].body
        removeFromHeap(at: 0)
        release(index)
        return body
    }

    private mutating func release(_ index: UInt32) {
        slots[Int(index)].body = nil
        slots[Int(index)].generation &+= 1
        free.append(index)
    }

    private mutating func removeFromHeap(at position: Int) {
        let last = heap.removeLast()
        guard position < heap.count else { return }
        heap[position] = last
        slots[Int(last)].position = position
        siftDown(position)
        siftUp(slots[Int(last)].position)
    }

    private func isEarlier(_ left: UInt32, _ right: UInt32) -> Bool {
        let (left, right) = (slots[Int(left)], slots[Int(right)])
        return left.deadline == right.deadline ? left.order < right.order : left.deadline < right.deadline
    }

    private mutating func siftUp(_ start: Int) {
        var position = start
        while position > 0 {
            let parent = (position - 1) / 2
            guard isEarlier(heap[position], heap[parent]) else { return }
            exchange(position, parent)
            position = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var position = start
        while true {
            var earliest = position
            for child in [2 * position + 1, 2 * position + 2]
            where child < heap.count && isEarlier(heap[child], heap[earliest]) {
                earliest = child
            }
            if earliest == position { return }
            exchange(position, earliest)
            position = earliest
        }
    }

    private mutating func exchange(_ first: Int, _ second: Int) {
        heap.swapAt(first, second)
        slots[Int(heap[first])].position = first
        slots[Int(heap[second])].position = second
    }
}
