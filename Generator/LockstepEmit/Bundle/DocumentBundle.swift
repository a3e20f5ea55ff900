public import LockstepDocument
import LockstepJSON

/// A document with all files that it refers to, as one text in each format.
public struct DocumentBundle: Sendable {
    public let json: String
    public let yaml: String

    public init(json: String, yaml: String) {
        self.json = json
        self.yaml = yaml
    }

    /// The bundle of a description: its normalised sources in one document.
    public init(_ description: APIDescription) {
        let document = Bundler.bundle(description)
        json = IndentedJSON.text(document)
        yaml = YAMLWriter.text(document)
    }
}
