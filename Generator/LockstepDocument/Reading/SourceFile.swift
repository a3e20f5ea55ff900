/// One file of a document, read.
final class SourceFile {
    /// Its name, relative to the folder of the entry document.
    let name: String
    /// The key of its content in `APIDescription.resources`.
    let uri: String
    /// Its content.
    let root: Node
    /// The OpenAPI version that its objects follow.
    let version: SpecVersion
    /// The order in which files were read.
    let index: Int
    /// The address that the document gives itself (`$self` of OpenAPI 3.2), without a fragment.
    let ownURI: String?
    /// What `$id`, `$anchor` and `$dynamicAnchor` name, by absolute URI; filled when first asked.
    private(set) lazy var anchors: [String: Place] = AnchorIndex.build(self)

    init(name: String, root: Node, version: SpecVersion, index: Int) {
        self.name = name
        self.root = root
        self.version = version
        ownURI = version < .v3_2 ? nil : root["$self"]?.string.flatMap { ReferenceURI.split($0)?.base }
        self.index = index
        uri = ReferenceURI.resourceURI(ofFile: name)
    }

    /// The file's root.
    var place: Place { Place(file: self, path: nil, node: root) }
}
