/// A value of a file, with the way that leads to it.
struct Place {
    let file: SourceFile
    let path: Path?
    let node: Node

    /// The last segment of a way and what comes before it.
    final class Path {
        let parent: Path?
        let segment: String
        /// The JSON Pointer from the file's root. Kept, because what lies inside needs it again.
        private(set) lazy var pointer: String = "\(parent?.pointer ?? "")/\(JSONPointer.escape(segment))"

        init(_ parent: Path?, _ segment: String) {
            self.parent = parent
            self.segment = segment
        }
    }

    /// The member of this key.
    subscript(key: String) -> Place? {
        let source = source
        return source.node[key].map { Place(file: source.file, path: Path(source.path, key), node: $0) }
    }

    /// The members, where this is a mapping.
    var members: [(key: String, place: Place)] {
        let source = source
        return (source.node.mapping?.entries ?? []).map {
            ($0.key, Place(file: source.file, path: Path(source.path, $0.key), node: $0.value))
        }
    }

    /// The elements, where this is a sequence.
    var elements: [Place] {
        let source = source
        return (source.node.items ?? []).enumerated().map {
            Place(file: source.file, path: Path(source.path, String($0)), node: $1)
        }
    }

    /// Where what is inside stands: here, or where an included `$ref` led.
    private var source: Place { node.included ?? self }

    /// The segments that lead here, in order.
    var segments: [String] {
        var result: [String] = []
        var current = path
        while let link = current {
            result.append(link.segment)
            current = link.parent
        }
        return result.reversed()
    }

    /// The JSON Pointer from the file's root.
    var pointer: String { path?.pointer ?? "" }

    /// Where it stands in `APIDescription.resources`.
    var uri: String { file.uri + "#" + ReferenceURI.encodeFragment(pointer) }

    /// Its place for people: of the key, where it is a member.
    var origin: Origin { origin(at: node.keyMark ?? node.mark) }

    /// The place of the value itself.
    var valueOrigin: Origin { origin(at: node.mark) }

    private func origin(at mark: Mark) -> Origin {
        Origin(file: file.name, pointer: pointer, line: Int(mark.line), column: Int(mark.column))
    }
}
