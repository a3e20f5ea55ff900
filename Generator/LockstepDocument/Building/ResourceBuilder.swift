import LockstepJSON

/// Makes `APIDescription.resources`: the normalised files, and each schema with an `$id` of its own.
struct ResourceBuilder {
    private let files: SourceFiles
    private let resolver: Resolver

    /// The schema of parameters of which the document says nothing.
    static let textURI = "\(ReferenceURI.scheme):///~text"

    init(files: SourceFiles, resolver: Resolver) {
        self.files = files
        self.resolver = resolver
    }

    /// The resources, with a variant of each file for requests and one for responses where the directions differ.
    func resources(hasDirections: Bool) -> [String: JSONValue] {
        var result: [String: JSONValue] = [Self.textURI: ["type": "string"]]
        for file in files.all {
            let json = file.root.json
            result[file.uri] = json
            for (uri, place) in file.anchors where !uri.utf8.contains(UInt8(ascii: "#")) && place.node.role == .schema {
                result[uri] = place.node.json
            }
            guard hasDirections else { continue }
            for direction in Direction.allCases {
                result[file.uri + "?" + direction.rawValue] =
                    DirectionalSchemas(direction, resolver: resolver).json(of: file.root)
            }
        }
        return result
    }
}
