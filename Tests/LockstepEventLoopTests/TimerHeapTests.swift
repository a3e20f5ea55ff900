import Testing

@testable import LockstepEventLoop

@Suite struct TimerHeapTests {
    @Test func randomInsertsAndRemovalsComeOutSorted() {
        var generator = SystemRandomNumberGenerator()
        var heap = TimerHeap()
        var tokens: [UInt64] = []
        for _ in 0..<2000 {
            tokens.append(heap.insert(at: LoopInstant(nanoseconds: .random(in: 0..<500, using: &generator))) {})
        }
        for token in tokens.shuffled(using: &generator).prefix(700) {
            let (first, second) = (heap.remove(token), heap.remove(token))
            #expect(first && !second)
        }
        #expect(heap.count == 1300)
        var previous = LoopInstant(nanoseconds: 0)
        while let earliest = heap.earliest {
            #expect(previous <= earliest)
            previous = earliest
            let body = heap.popExpired(earliest)
            #expect(body != nil)
        }
        #expect(heap.isEmpty)
    }

    @Test func timersOfTheSameTimeFireInTheOrderOfSetting() {
        var heap = TimerHeap()
        var fired: [Int] = []
        for number in 0..<50 { _ = heap.insert(at: LoopInstant(nanoseconds: 7)) { fired.append(number) } }
        while let body = heap.popExpired(LoopInstant(nanoseconds: 7)) { body() }
        #expect(fired == Array(0..<50))
    }

    @Test func aTokenOfAFiredTimerDoesNotCancelItsSuccessor() {
        var heap = TimerHeap()
        let old = heap.insert(at: LoopInstant(nanoseconds: 1)) {}
        _ = heap.popExpired(LoopInstant(nanoseconds: 1))
        _ = heap.insert(at: LoopInstant(nanoseconds: 2)) {}
        let removed = heap.remove(old)
        #expect(!removed)
        #expect(heap.count == 1)
    }
}
