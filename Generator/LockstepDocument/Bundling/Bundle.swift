public import LockstepJSON

/// A document as one self-contained OpenAPI 3.1 document: what is published.
public struct Bundle: Sendable {
    /// The document, in the order of its source; what other files gave stands at the end of `components`.
    public var document: JSONValue

    /// Makes a bundle of a document that refers to nothing outside.
    public init(document: JSONValue) {
        self.document = document
    }

    /// The document as JSON: on one line, or indented for people.
    public func json(indented: Bool = false) -> String {
        indented ? JSONPrinter.print(document) : document.text
    }

    /// The document as YAML 1.2, readable by YAML 1.1 readers too.
    public func yaml() -> String { YAMLPrinter.print(document) }
}
