/// What a tool is doing: the stages from bytes to generated files, in their order.
public enum Phase: String, Sendable {
    /// The entry document becomes a tree; further files do when something refers to them.
    case read
    /// Objects and schemas are held against the specification.
    case check
    /// The tree becomes the description of the API.
    case build
    /// The document becomes one file.
    case bundle
    /// Names and places of the Swift types.
    case plan
    /// Schemas become the validator program.
    case validators
    /// The text of the files.
    case emit
    /// The files on disk.
    case write
}
