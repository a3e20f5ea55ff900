import LockstepJSON

/// Turns a simple pattern into a deterministic automaton: one table look-up a byte, whatever the pattern.
///
/// The table: number of classes, 1 if a match may end before the end, 1 if the empty text matches, unused; two bytes of
/// size of what follows the classes; the class of each byte; then the entry of each state and class in two bytes, the low
/// one first: where the next state's entries start, with the highest bit set if that state accepts. State 0 is dead,
/// state 1 the first one.
enum Automaton {
    private static let maximumSteps = 600
    private static let maximumStates = 200
    private static let size = 4
    private static let classes = 6
    private static let entries = classes + 256
    private static let accepting = 0x8000
    private static let shortText = 32

    /// The table of a pattern; nil when it is not simple, or would be large.
    static func table(_ source: String) -> [UInt8]? {
        guard let pattern = SimplePattern(source) else { return nil }
        var machine = Machine()
        guard let start = machine.emit(pattern.root, next: 0) else { return nil }
        return machine.determined(start, pattern)
    }

    /// Whether a range matches, by the table at an offset.
    @inline(__always)  // called from one place
    static func matches(_ tables: CheckedView<UInt8>, _ offset: Int, _ bytes: ByteView, _ start: Int, _ length: Int)
        -> Bool
    {
        let header = UnsafeRawPointer(tables.block(offset, entries))
        func byte(_ index: Int) -> UInt8 { header.load(fromByteOffset: index, as: UInt8.self) }
        func word(_ from: UnsafeRawPointer, _ index: Int) -> Int {
            Int(UInt16(littleEndian: from.loadUnaligned(fromByteOffset: index &* 2, as: UInt16.self)))
        }
        let count = Int(byte(0))
        let stopsEarly = byte(1) != 0
        if length == 0 || stopsEarly, byte(2) != 0 { return true }
        // `determined` makes every class less than `count`, and every start of entries at most so many before the end:
        // what follows reads 256 classes, and entries within the block.
        let size = word(header + Self.size, 0)
        let next = UnsafeRawPointer(tables.block(offset &+ entries, size &* 2))
        return bytes.withPointer(start, length) { text in
            var entry = count
            var index = 0
            // State 0 leads to itself: a short text needs no look whether it is reached already.
            let ahead = stopsEarly ? 0 : min(length, shortText)
            while index < ahead {
                entry = word(next, entry & (accepting &- 1) &+ Int(byte(classes &+ Int(text[index]))))
                index &+= 1
            }
            while index < length {
                entry = word(next, entry & (accepting &- 1) &+ Int(byte(classes &+ Int(text[index]))))
                if entry == 0 || stopsEarly && entry & accepting != 0 { break }
                index &+= 1
            }
            return entry & accepting != 0
        }
    }

    /// The automaton before it is deterministic. Step 0 accepts.
    private struct Machine {
        private enum Step {
            case accept
            case characters(ASCIISet, Int)
            case either(Int, Int)
        }

        private var steps: [Step] = [.accept]

        private mutating func add(_ step: Step) -> Int? {
            guard steps.count < maximumSteps else { return nil }
            steps.append(step)
            return steps.count - 1
        }

        /// Adds the steps of a node that go on to `next`; the first of them.
        mutating func emit(_ node: SimplePattern.Node, next: Int) -> Int? {
            switch node {
            case .characters(let set): return add(.characters(set, next))
            case .sequence(let parts):
                var start = next
                for part in parts.reversed() {
                    guard let step = emit(part, next: start) else { return nil }
                    start = step
                }
                return start
            case .choice(let branches):
                guard let last = branches.last, var start = emit(last, next: next) else { return nil }
                for branch in branches.dropLast().reversed() {
                    guard let first = emit(branch, next: next), let either = add(.either(first, start)) else {
                        return nil
                    }
                    start = either
                }
                return start
            case .repeated(let inner, let minimum, let maximum):
                return emitRepeated(inner, minimum, maximum, next)
            }
        }

        private mutating func emitRepeated(
            _ inner: SimplePattern.Node, _ minimum: Int, _ maximum: Int, _ next: Int
        ) -> Int? {
            var start = next
            if maximum < 0 {
                guard let loop = add(.either(next, next)), let body = emit(inner, next: loop) else { return nil }
                steps[loop] = .either(body, next)
                start = loop
            } else {
                for _ in minimum..<maximum {
                    guard let body = emit(inner, next: start), let either = add(.either(body, next)) else { return nil }
                    start = either
                }
            }
            for _ in 0..<minimum {
                guard let body = emit(inner, next: start) else { return nil }
                start = body
            }
            return start
        }

        /// The steps that wait for a character, or accept, from some others on.
        private func closure(_ starts: [Int]) -> [Int] {
            var seen = Set<Int>()
            var pending = starts
            var result: [Int] = []
            while let step = pending.popLast() {
                guard seen.insert(step).inserted else { continue }
                if case .either(let first, let second) = steps[step] {
                    pending += [first, second]
                } else {
                    result.append(step)
                }
            }
            return result.sorted()
        }

        func determined(_ start: Int, _ pattern: SimplePattern) -> [UInt8]? {
            let (classes, samples) = classify()
            let first = closure([start])
            var states: [[Int]] = [[], first]
            var numbers: [[Int]: Int] = [[]: 0, first: 1]
            var next = [Int](repeating: 0, count: samples.count)
            var position = 1
            while position < states.count {
                for sample in samples {
                    var targets = states[position].compactMap { step -> Int? in
                        guard case .characters(let set, let target) = steps[step], let sample, set.contains(sample)
                        else { return nil }
                        return target
                    }
                    if !pattern.startsAtStart { targets.append(start) }
                    let state = closure(targets)
                    if numbers[state] == nil {
                        guard states.count < maximumStates else { return nil }
                        numbers[state] = states.count
                        states.append(state)
                    }
                    next.append(numbers[state] ?? 0)
                }
                position += 1
            }
            guard next.count < accepting else { return nil }
            let accepts = states.map { $0.contains(0) }
            func bytes(_ value: Int) -> [UInt8] { [UInt8(value & 0xff), UInt8(value >> 8)] }
            let header = [UInt8(samples.count), pattern.endsAtEnd ? 0 : 1, accepts[1] ? 1 : 0, 0]
            return header + bytes(next.count) + classes
                + next.flatMap { bytes($0 * samples.count + (accepts[$0] ? accepting : 0)) }
        }

        /// The class of each byte, and a byte of each class. Class 0 is what no set has: it has no sample.
        private func classify() -> ([UInt8], [UInt8?]) {
            var sets = Set<ASCIISet>()
            for case .characters(let set, _) in steps { sets.insert(set) }
            let all = Array(sets)
            var numbers: [[Bool]: UInt8] = [all.map { _ in false }: 0]
            var samples: [UInt8?] = [nil]
            var classes: [UInt8] = []
            for byte in UInt8(0)...255 {
                let membership = all.map { $0.contains(byte) }
                if numbers[membership] == nil {
                    numbers[membership] = UInt8(samples.count)
                    samples.append(byte)
                }
                classes.append(numbers[membership] ?? 0)
            }
            return (classes, samples)
        }
    }
}
