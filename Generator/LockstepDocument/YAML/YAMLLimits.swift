/// Bounds that keep hostile input from taking time or memory.
struct YAMLLimits: Sendable {
    /// The largest file in bytes.
    var bytes = 64 << 20
    /// The longest key or value in bytes.
    var scalarBytes = 8 << 20
    /// The deepest nesting. The stages after the reader recurse along it.
    var depth = 256
    /// Most values in a file.
    var nodes = 2_000_000
    /// Most values that aliases and merge keys may copy.
    var copiedNodes = 500_000
    /// Most diagnostics of one file; further ones are counted.
    var diagnostics = 100
}
