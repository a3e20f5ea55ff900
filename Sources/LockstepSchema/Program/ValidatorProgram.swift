public import LockstepJSON

/// Compiled schemas with their entry points. Immutable; share one for a whole document.
public final class ValidatorProgram: Sendable {
    let words: [Int32]
    let blob: [UInt8]
    let constants: JSONDocument
    let constantIndices: [Int32]
    let patterns: PatternSet
    let usesDynamicReferences: Bool
    let entries: [ProgramEntry]
    /// Where schemas start, with a comment for the serialised text; empty in a program that was loaded.
    let comments: [(offset: Int, text: String)]
    private let entryIndices: [String: Int]

    init(_ parts: ProgramParts) {
        words = parts.words
        blob = parts.blob
        constants = parts.constants
        patterns = parts.patterns
        usesDynamicReferences = parts.usesDynamicReferences
        entries = parts.entries
        comments = parts.comments
        entryIndices = Dictionary(
            parts.entries.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var indices: [Int32] = []
        var position = 1
        for _ in 0..<constants.root.count {
            indices.append(Int32(position))
            position = constants.indexAfter(position)
        }
        constantIndices = indices
    }

    /// The names of the entries.
    public var entryNames: [String] { entries.map(\.name) }

    /// The entry of a name, nil when there is none.
    public func entry(_ name: String) -> ValidatorEntry? {
        entryIndices[name].map { ValidatorEntry(program: self, node: entries[$0].node) }
    }

    /// The entry of a name. An unknown name is a programmer's error and stops the process.
    public subscript(_ name: String) -> ValidatorEntry {
        guard let entry = entry(name) else { preconditionFailure("the validator program has no entry \(name)") }
        return entry
    }
}

/// What a program is made of.
struct ProgramParts {
    var words: [Int32]
    var blob: [UInt8]
    var constants: JSONDocument
    var patterns: PatternSet
    var usesDynamicReferences: Bool
    var entries: [ProgramEntry]
    var comments: [(offset: Int, text: String)] = []
}

/// One schema of a program.
public struct ValidatorEntry: Sendable {
    let program: ValidatorProgram
    let node: Int

    /// Checks a document. `maximumFailures` bounds the list.
    public func validate(_ document: JSONDocument, maximumFailures: Int = 64) -> ValidationResult {
        withInterpreter(document) { interpreter in
            defer { if let matcher = interpreter.matcher { program.patterns.giveBack(matcher) } }
            if interpreter.validate(node, 0) {
                let storage = ValidStorage(document, frames: interpreter.frames)
                return .valid(ValidJSON(storage, index: 0, frame: interpreter.frame))
            }
            return .invalid(explain(&interpreter, maximumFailures))
        }
    }

    /// Runs again, noting every failure.
    private func explain(_ interpreter: inout Interpreter, _ maximumFailures: Int) -> [ValidationFailure] {
        interpreter.isCollecting = true
        interpreter.maximumFailures = max(1, maximumFailures)
        interpreter.steps = 0
        interpreter.depth = 0
        interpreter.scope = []
        interpreter.marks = []
        interpreter.frames = [0]
        _ = interpreter.validate(node, 0)
        if interpreter.failures.isEmpty { interpreter.fail(0, .tooComplex) }
        return interpreter.pointed(interpreter.failures)
    }

    /// The interpreter's views are valid inside these scopes only; nothing of it leaves them.
    private func withInterpreter<Result>(_ document: JSONDocument, _ body: (inout Interpreter) -> Result) -> Result {
        Self.withViews(program.words, program.constantIndices, program.patterns) { words, indices, patterns in
            program.blob.withUnsafeBufferPointer { blob in
                Self.withTape(program.constants) { constants in
                    Self.withTape(document) { instance in
                        var interpreter = Interpreter(
                            words: words, blob: ByteView(blob), constants: constants, constantIndices: indices,
                            instance: instance, patterns: program.patterns, codes: patterns.codes,
                            tables: patterns.tables, tableOffsets: patterns.offsets,
                            usesDynamicReferences: program.usesDynamicReferences,
                            maximumSteps: 200_000 + instance.words.count * 64)
                        interpreter.frames.reserveCapacity(60)
                        interpreter.frames.append(0)
                        return body(&interpreter)
                    }
                }
            }
        }
    }

    private typealias PatternViews = (
        codes: CheckedView<OpaquePointer>, tables: CheckedView<UInt8>, offsets: CheckedView<Int>
    )

    private static func withViews<Result>(
        _ words: [Int32], _ indices: [Int32], _ patterns: PatternSet,
        _ body: (CheckedView<Int32>, CheckedView<Int32>, PatternViews) -> Result
    ) -> Result {
        words.withUnsafeBufferPointer { words in
            indices.withUnsafeBufferPointer { indices in
                patterns.codes.withUnsafeBufferPointer { codes in
                    patterns.tables.withUnsafeBufferPointer { tables in
                        patterns.tableOffsets.withUnsafeBufferPointer { offsets in
                            body(
                                CheckedView(words), CheckedView(indices),
                                (CheckedView(codes), CheckedView(tables), CheckedView(offsets)))
                        }
                    }
                }
            }
        }
    }

    private static func withTape<Result>(_ document: JSONDocument, _ body: (Interpreter.Tape) -> Result) -> Result {
        document.tape.withUnsafeBufferPointer { tape in
            document.bytes.withUnsafeBufferPointer { bytes in
                body(Interpreter.Tape(words: CheckedView(tape), bytes: ByteView(bytes)))
            }
        }
    }
}
