public import LockstepJSON

/// A value of a validated document in the shape of a Swift type. Reading it cannot fail.
///
/// The validator has checked what the accessors assume; on a value of another kind (an error of the generator) they
/// stop a debug build and answer zero, empty or false in a release build.
@frozen
public struct ValidJSON: Sendable {
    @usableFromInline let storage: ValidStorage
    /// The value's word on the tape; -1 when the member is missing.
    @usableFromInline let index: Int
    /// Where the value's slots start; the index of the value for enumerations.
    @usableFromInline let frame: Int

    @inlinable
    init(_ storage: ValidStorage, index: Int, frame: Int) {
        self.storage = storage
        self.index = index
        self.frame = frame
    }

    /// What stands for a member, parameter or body that is not there.
    public static let absent = ValidJSON(
        ValidStorage(JSONTapeBuilder.nullDocument, frames: FrameMemory(capacity: 1)), index: -1, frame: 0)

    /// A property of an object by its slot, or an element of a tuple.
    @inlinable
    public subscript(_ slot: Int) -> ValidJSON {
        // `frames` checks the bounds; the sums cannot overflow for a slot that a program knows.
        let (index, frame) = storage.frames(frame &+ slot &* 2)
        return ValidJSON(storage, index: index &- 1, frame: frame)
    }

    /// Whether the member is there (`null` counts).
    @inlinable
    public var isPresent: Bool { index >= 0 }
    /// Whether the member is there and `null`.
    @inlinable
    public var isNull: Bool { index >= 0 && storage.isNull(index) }

    /// The value, nil when it is missing or `null`.
    @inlinable
    public func optional<Value: JSONCoded>(_ type: Value.Type = Value.self) -> Value? {
        index < 0 || storage.isNull(index) ? nil : Value(self)
    }

    /// A value of any kind as it is, `null` included; nil when it is missing.
    @inlinable
    public func optional(_ type: JSONValue.Type) -> JSONValue? {
        // A literal `nil` would be null.
        isPresent ? value : JSONValue?.none
    }

    // MARK: Unions and enumerations

    /// The index of the alternative of a union.
    @inlinable
    public var branch: Int { storage.frame(frame) }
    /// The value in the shape of the union's alternative.
    @inlinable
    public var payload: ValidJSON { ValidJSON(storage, index: index, frame: storage.frame(frame + 1)) }
    /// The index of the value of an enumeration.
    @inlinable
    public var choice: Int { frame }

    // MARK: Parts

    /// The elements of an array.
    @inlinable
    public var elements: ValidElements { ValidElements(self) }
    /// The elements of a tuple beside the `count` that have a place of their own.
    @inlinable
    public func elements(after count: Int) -> ValidElements { ValidElements(self, after: count) }
    /// The members of a map.
    @inlinable
    public var members: ValidMembers { ValidMembers(self) }
    /// The members of an object beside its `count` properties.
    @inlinable
    public func additional(after count: Int) -> ValidMembers { ValidMembers(self, after: count) }
    /// Elements of an array or members of a map.
    @inlinable
    public var count: Int { storage.count(index) }

    @inlinable var word: TapeWord { storage.document.word(index) }
}

/// A validated document and what was recorded about it.
///
/// `@unchecked Sendable`: the memory of the frames belongs to the storage alone, and nobody writes to it after `init`.
@usableFromInline
final class ValidStorage: @unchecked Sendable {
    @usableFromInline let document: JSONDocument
    @usableFromInline let base: UnsafePointer<Int32>
    @usableFromInline let count: Int
    /// The indices that have a neighbour behind them.
    @usableFromInline let pairs: Int

    /// Takes the memory of the frames over.
    init(_ document: JSONDocument, frames: FrameMemory) {
        self.document = document
        base = UnsafePointer(frames.base)
        count = frames.count
        pairs = max(0, count - 1)
    }

    deinit { PlainMemory.free(UnsafeMutablePointer(mutating: base)) }

    /// What was recorded at an index.
    @inlinable
    func frame(_ index: Int) -> Int {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
        return withExtendedLifetime(self) { Int(base[index]) }
    }

    /// What was recorded at an index and at the next one: one check and one load, as this is all over generated code.
    @inlinable
    func frames(_ index: Int) -> (Int, Int) {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: pairs))
        let both = withExtendedLifetime(self) {
            // In bounds with its neighbour; the load has no alignment requirement.
            Int64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: Int64.self))
        }
        return (Int(Int32(truncatingIfNeeded: both)), Int(both &>> 32))
    }
}
