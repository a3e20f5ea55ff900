/// The words of a tape in memory of their own, which grows while a text is read. Whoever holds it last frees it.
///
/// An array would do as well, but costs twice as many instructions to make and to drop, and a document is made for
/// every request.
@usableFromInline
struct TapeMemory {
    private(set) var base: UnsafeMutablePointer<TapeWord>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = max(1, capacity)
        base = PlainMemory.allocate(TapeWord.self, capacity: self.capacity)
    }

    init(_ words: [TapeWord]) {
        self.init(capacity: words.count)
        for word in words { append(word) }
    }

    /// Inlined always: it runs for every value of a text.
    @inline(__always)
    mutating func append(_ word: TapeWord) {
        if count == capacity { grow() }
        // In bounds: the count is below the capacity. A trivial type needs no more than this.
        (base + count).initialize(to: word)
        count &+= 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = PlainMemory.allocate(TapeWord.self, capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        PlainMemory.free(base)
        base = larger
        capacity *= 2
    }

    subscript(_ index: Int) -> TapeWord {
        get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
            return base[index]
        }
        set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
            base[index] = newValue
        }
    }

    /// Frees the memory. Nothing may use it afterwards.
    func deallocate() { PlainMemory.free(base) }
}

/// A bounds-checked look at a document's tape, valid as long as the document is alive.
@frozen
@usableFromInline
package struct TapeView {
    @usableFromInline let base: UnsafePointer<TapeWord>
    @usableFromInline package let count: Int

    @inlinable
    init(base: UnsafePointer<TapeWord>, count: Int) {
        self.base = base
        self.count = count
    }

    @inlinable
    package subscript(index: Int) -> TapeWord {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
        return base[index]
    }

    /// The word at an index and the one behind it: a member's name and its value.
    @inlinable
    @inline(__always)  // one check for two loads
    package func pair(_ index: Int) -> (TapeWord, TapeWord) {
        precondition(index >= 0 && index < count &- 1)
        return (base[index], base[index &+ 1])
    }

    /// The index of the word after a value.
    @inlinable
    package func indexAfter(_ index: Int) -> Int {
        let word = self[index]
        return word.isContainer ? word.end : index &+ 1
    }
}
