/// Stores a value behind a reference, so that a generated structure can contain itself, or something wide and stay narrow.
///
/// ```swift
/// public struct Comment: JSONCoded {
///     @Boxed public var parent: Comment?
/// }
/// ```
@propertyWrapper
public struct Boxed<Value: Sendable>: Sendable {
    private final class Storage: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var storage: Storage

    /// Stores a value.
    public init(wrappedValue: Value) { storage = Storage(wrappedValue) }

    /// The value. Setting it leaves copies of the structure as they are.
    public var wrappedValue: Value {
        get { storage.value }
        set { storage = Storage(newValue) }
    }
}
