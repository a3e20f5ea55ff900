public import LockstepJSON

/// Compiled schemas with their entry points. Immutable; share one for a whole document.
///
/// `@unchecked Sendable`: everything is written in `init` and only read afterwards.
public final class ValidatorProgram: @unchecked Sendable {
    let words: [Int32]
    let blob: [UInt8]
    let constants: JSONDocument
    let patterns: PatternSet
    let usesDynamicReferences: Bool
    let entries: [ProgramEntry]
    /// Where schemas start, with a comment for the serialised text; empty in a program that was loaded.
    let comments: [(offset: Int, text: String)]
    /// What the interpreter reads.
    let image: ProgramImage
    private let memory: [UnsafeMutableRawPointer]
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
        var memory: [UnsafeMutableRawPointer] = []
        image = ProgramImage(parts, constantIndices: indices, memory: &memory)
        self.memory = memory
    }

    deinit {
        for pointer in memory { pointer.deallocate() }
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
            if interpreter.validate(node, 0), !interpreter.isExhausted {
                let storage = ValidStorage(document, frames: interpreter.frames)
                return .valid(ValidJSON(storage, index: 0, frame: interpreter.frame))
            }
            defer { interpreter.frames.deallocate() }
            return .invalid(explain(&interpreter, maximumFailures))
        }
    }

    /// Runs again, noting every failure.
    private func explain(_ interpreter: inout Interpreter, _ maximumFailures: Int) -> [ValidationFailure] {
        interpreter.isCollecting = true
        let maximum = max(1, maximumFailures)
        // More than are told, so that those that come first in the document are among them.
        interpreter.maximumFailures = max(1_024, maximum)
        interpreter.steps = 0
        interpreter.depth = 0
        interpreter.scope = []
        interpreter.marks = []
        interpreter.frames.removeAll(after: 1)
        _ = interpreter.validate(node, 0)
        if interpreter.failures.isEmpty { interpreter.fail(0, .tooComplex) }
        return interpreter.pointed(interpreter.failures, atMost: maximum)
    }

    /// The interpreter's views are valid inside this scope only, in which program and document stay alive; nothing of
    /// the interpreter leaves it.
    private func withInterpreter<Result>(_ document: JSONDocument, _ body: (inout Interpreter) -> Result) -> Result {
        defer {
            extendLifetime(program)
            extendLifetime(document)
        }
        return document.bytes.withUnsafeBufferPointer { bytes in
            let instance = Interpreter.Tape(words: document.tape, bytes: ByteView(bytes))
            var interpreter = Interpreter(
                program.image, instance: instance, patterns: Unmanaged.passUnretained(program.patterns),
                usesDynamicReferences: program.usesDynamicReferences,
                maximumSteps: 200_000 + instance.words.count * 64)
            return body(&interpreter)
        }
    }
}
