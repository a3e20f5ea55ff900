/// Stores a value that may be missing behind a reference; where it is missing, nothing is allocated.
///
/// ```swift
/// public struct Comment: JSONCoded {
///     @BoxedOptional public var parent: Comment?
/// }
/// ```
@propertyWrapper
public struct BoxedOptional<Value: Sendable>: Sendable {
    private var storage: Boxed<Value>?

    /// Stores a value or its absence.
    public init(wrappedValue: Value?) { storage = wrappedValue.map(Boxed.init) }

    /// The value. Setting it leaves copies of the structure as they are.
    public var wrappedValue: Value? {
        get { storage?.wrappedValue }
        set { storage = newValue.map(Boxed.init) }
    }
}
