/// A growable first-in-first-out queue whose elements can be reached by position.
struct Ring<Element> {
    private var storage: [Element?] = Array(repeating: nil, count: 16)
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }
    var first: Element? { count == 0 ? nil : storage[head] }

    mutating func append(_ element: Element) {
        if count == storage.count { grow() }
        storage[(head + count) & (storage.count - 1)] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = storage[head].take()
        head = (head + 1) & (storage.count - 1)
        count -= 1
        return element
    }

    /// The element `position` places behind the first, changed in place. The position must be in range.
    mutating func update<Result>(_ position: Int, _ change: (inout Element) -> Result) -> Result {
        precondition(position >= 0 && position < count, "a ring was used beyond its end")
        let index = (head + position) & (storage.count - 1)
        // The range check above: every place from the head on holds an element.
        return change(&storage[index]!)
    }

    /// Looks at the element `position` places behind the first without copying it. The position must be in range.
    func read<Result>(_ position: Int, _ body: (borrowing Element) -> Result) -> Result {
        precondition(position >= 0 && position < count, "a ring was read beyond its end")
        // The range check above: every place from the head on holds an element.
        return body(storage[(head + position) & (storage.count - 1)]!)
    }

    func forEach(_ body: (Element) -> Void) {
        for position in 0..<count {
            if let element = storage[(head + position) & (storage.count - 1)] { body(element) }
        }
    }

    /// Removes every element and returns those for which `remove` is true, in order.
    mutating func extract(where remove: (Element) -> Bool) -> [Element] {
        var removed: [Element] = []
        for _ in 0..<count {
            guard let element = popFirst() else { break }
            if remove(element) { removed.append(element) } else { append(element) }
        }
        return removed
    }

    private mutating func grow() {
        var larger: [Element?] = []
        larger.reserveCapacity(storage.count * 2)
        for position in 0..<count { larger.append(storage[(head + position) & (storage.count - 1)]) }
        larger.append(contentsOf: repeatElement(nil, count: storage.count * 2 - count))
        storage = larger
        head = 0
    }
}
