import LockstepJSON

/// A program's tables in memory of its own, so that lending them to a check of a document counts no references.
struct ProgramImage {
    let words: CheckedView<Int32>
    let blob: ByteView
    /// The document of all constants, and where each of them starts.
    let constants: Interpreter.Tape
    let constantIndices: CheckedView<Int32>
    let codes: CheckedView<OpaquePointer>
    /// The automata of simple patterns, and where each pattern's is (-1 for none).
    let tables: CheckedView<UInt8>
    let tableOffsets: CheckedView<Int>

    /// Copies the tables into memory that is left in `memory`, for the program to free. The tape of the constants stays
    /// where it is: the program keeps that document.
    init(_ parts: ProgramParts, constantIndices: [Int32], memory: inout [UnsafeMutableRawPointer]) {
        var copies: [UnsafeMutableRawPointer] = []
        func copy<Element: BitwiseCopyable>(_ array: [Element]) -> UnsafeBufferPointer<Element> {
            let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(1, array.count))
            // Initialised up to the array's end; nobody reads beyond the count.
            _ = buffer.initialize(from: array)
            copies.append(UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped))
            return UnsafeBufferPointer(rebasing: buffer[..<array.count])
        }
        words = CheckedView(copy(parts.words))
        // Eight bytes more, so that short texts can be compared as words up to the end.
        let padding = [UInt8](repeating: 0, count: 8)
        blob = ByteView(copy(parts.blob + padding))
        constants = Interpreter.Tape(
            words: parts.constants.tape, bytes: ByteView(copy(parts.constants.bytes + padding)))
        self.constantIndices = CheckedView(copy(constantIndices))
        codes = CheckedView(copy(parts.patterns.codes))
        tables = CheckedView(copy(parts.patterns.tables))
        tableOffsets = CheckedView(copy(parts.patterns.tableOffsets))
        memory = copies
    }
}
