/// Where something stands in the source: a file, the JSON Pointer inside it, and the place of its text.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// The file's name, relative to the folder of the entry document (`payments.yaml`, `../common/money.yaml`).
    public var file: String
    /// The JSON Pointer inside the file, without `#`; empty for the whole file.
    public var pointer: String
    /// The line of the value's first character (for a member of an object: of its key), counted from 1.
    public var line: Int
    /// The column in code points, counted from 1.
    public var column: Int

    /// Makes an origin.
    public init(file: String, pointer: String = "", line: Int = 1, column: Int = 1) {
        self.file = file
        self.pointer = pointer
        self.line = line
        self.column = column
    }

    /// `file#/json/pointer`: what generated code shows, since it does not shift when lines move.
    public var description: String { "\(file)#\(pointer)" }
}
