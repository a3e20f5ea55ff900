/// A part of the project that takes bytes from strangers: whatever they are, it must answer in bounded time, without a
/// crash, and by its own rules.
public struct FuzzTarget: Sendable {
    /// The name, which is also the folder of its kept inputs.
    public let name: String
    /// Takes one input; stops the process where a rule is broken.
    public let run: @Sendable ([UInt8]) -> Void

    /// All targets.
    public static let all = [json, document, union, form, multipart, items, parameters]

    /// Stops the process: libFuzzer keeps the input, a test names it.
    static func fail(_ rule: String) -> Never {
        fatalError("the rule is broken: \(rule)")
    }
}
