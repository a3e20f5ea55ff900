/// Finds what a `$ref` refers to.
final class Resolver {
    /// What was found.
    struct Target {
        var place: Place
        /// Its absolute URI, as `$ref`s in `APIDescription.resources` write it.
        var uri: String
    }

    /// Why nothing was found.
    struct Failure: Error {
        /// What is wrong; `nil` where it has been reported already.
        var message: String?
        var hint: String?
    }

    private let files: SourceFiles
    /// Everything found so far, by absolute URI.
    private(set) var targets: [String: Place] = [:]
    /// Where each `$dynamicRef`, which stays as it is written, leads at first.
    var dynamicTargets: [ObjectIdentifier: Place] = [:]

    /// How many references led nowhere; the first have hints, which take a search.
    private var failureCount = 0
    private static let hintLimit = 100

    /// The longest chain of references that is followed.
    static let hopLimit = 100

    init(files: SourceFiles) {
        self.files = files
    }

    /// Resolves `reference`, which stands at `place`, against the `$id` in force there, if any.
    ///
    /// `isOptional` says that a file that is not there is for the caller to report.
    func resolve(
        _ reference: String, at place: Place, base: String? = nil, isOptional: Bool = false
    ) throws(Failure) -> Target {
        if isOptional, let missing = missingFile(of: reference, at: place) {
            throw Failure(message: "there is no file '\(missing)'")
        }
        let target = try find(reference, at: place, base: base, hops: 0)
        targets[target.uri] = target.place
        return target
    }

    /// Makes the value at `place` something that absolute references find; gives its URI.
    func register(_ place: Place) -> String {
        let uri = place.uri
        targets[uri] = targets[uri] ?? place
        return uri
    }

    /// The object itself, through Reference Objects whose `$ref`s are absolute by now.
    func follow(_ place: Place) -> Place {
        var current = place
        for _ in 0..<Self.hopLimit {
            guard let reference = current.node["$ref"]?.string, let next = targets[reference] else { return current }
            current = next
        }
        return current
    }

    private func missingFile(of reference: String, at place: Place) -> String? {
        guard let path = ReferenceURI.split(reference)?.base, !path.isEmpty, ReferenceURI.scheme(of: path) == nil,
            let decoded = ReferenceURI.decode(path),
            let name = ReferenceURI.fileName(decoded, relativeTo: place.file.name)
        else { return nil }
        return files.exists(name) ? nil : name
    }

    private func find(_ reference: String, at place: Place, base: String?, hops: Int) throws(Failure) -> Target {
        // On the way along a pointer there are references that have been made absolute already.
        if let known = targets[reference] { return Target(place: known, uri: reference) }
        guard let (path, fragment) = ReferenceURI.split(reference) else {
            throw Failure(message: "the $ref has a malformed percent escape", hint: "write a literal '%' as '%25'")
        }
        if let named = try findNamed(reference, path: path, fragment: fragment, at: place, base: base, hops: hops) {
            return named
        }
        let file = try file(path, at: place)
        guard let fragment, !fragment.isEmpty else { return Target(place: file.place, uri: file.place.uri) }
        if fragment.hasPrefix("/") { return try walk(fragment, from: file.place, reference: reference, hops: hops) }
        guard let anchor = file.anchors["\(file.uri)#\(fragment)"] else {
            throw Failure(
                message: "the $ref '\(reference)' leads nowhere: no schema of '\(file.name)' has this $anchor",
                hint: NearMiss.hint(
                    fragment, among: file.anchors.keys.compactMap { ReferenceURI.split($0)?.fragment }.sorted())
                    ?? "a JSON Pointer begins with '#/'")
        }
        return Target(place: anchor, uri: anchor.uri)
    }

    /// What a `$id` names: an absolute URI, or one relative to the `$id` in force.
    private func findNamed(
        _ reference: String, path: String, fragment: String?, at place: Place, base: String?, hops: Int
    ) throws(Failure) -> Target? {
        guard base != nil || ReferenceURI.scheme(of: path) != nil else { return nil }
        let absolute = ReferenceURI.resolve(path, against: base ?? place.file.uri)
        for file in files.all {
            guard let resource = file.anchors[absolute] else { continue }
            guard let fragment, !fragment.isEmpty else { return Target(place: resource, uri: absolute) }
            if fragment.hasPrefix("/") {
                let inner = try walk(fragment, from: resource, reference: reference, hops: hops)
                return Target(place: inner.place, uri: absolute + "#" + ReferenceURI.encodeFragment(fragment))
            }
            if let anchor = file.anchors["\(absolute)#\(fragment)"] {
                return Target(place: anchor, uri: "\(absolute)#\(fragment)")
            }
        }
        return nil
    }

    private func file(_ path: String, at place: Place) throws(Failure) -> SourceFile {
        if path.isEmpty { return place.file }
        if ReferenceURI.scheme(of: path) != nil, let file = ownFile(path, at: place) { return file }
        switch ReferenceURI.scheme(of: path) {
        case nil: break
        case "http", "https":
            throw Failure(
                message: "the $ref goes to another server, which is not supported: a build reads local files only",
                hint: "save the file beside this one and refer to it by a relative path")
        case let scheme?:
            throw Failure(
                message: "the $ref has the scheme '\(scheme)', which is not supported",
                hint: "refer to files by a relative path")
        }
        guard let decoded = ReferenceURI.decode(path),
            let name = ReferenceURI.fileName(decoded, relativeTo: place.file.name), !name.isEmpty
        else {
            throw Failure(message: "the $ref has an absolute path", hint: "refer to files by a relative path")
        }
        guard let file = files.file(name, askedFrom: place) else {
            throw Failure(message: nil)
        }
        return file
    }

    /// The file of an address that a document gives itself by `$self`, or that lies beside or below such an address.
    private func ownFile(_ address: String, at place: Place) -> SourceFile? {
        if let file = files.all.first(where: { $0.ownURI == address }) { return file }
        for file in files.all {
            guard let own = file.ownURI, let slash = own.lastIndex(of: "/"), address.hasPrefix(own[...slash]) else {
                continue
            }
            let relative = String(address.dropFirst(own[...slash].count))
            guard let decoded = ReferenceURI.decode(relative),
                let name = ReferenceURI.fileName(decoded, relativeTo: file.name), files.exists(name)
            else { continue }
            return files.file(name, askedFrom: place)
        }
        return nil
    }

    private func walk(_ pointer: String, from start: Place, reference: String, hops: Int) throws(Failure) -> Target {
        guard let segments = JSONPointer.parse(pointer) else {
            throw Failure(
                message: "the $ref '\(reference)' is not a JSON Pointer",
                hint: "write '~' as '~0' and '/' in a key as '~1'")
        }
        var current = start
        for segment in segments {
            current = try step(to: segment, from: current, reference: reference, hops: hops)
        }
        return Target(place: current, uri: current.uri)
    }

    private func step(to segment: String, from place: Place, reference: String, hops: Int) throws(Failure) -> Place {
        if let member = place[segment] { return member }
        if let items = place.node.items, let index = Int(segment), items.indices.contains(index) {
            return place.elements[index]
        }
        if place.node.isNullWrapper, let inner = place["anyOf"]?.elements.first {
            return try step(to: segment, from: inner, reference: reference, hops: hops)
        }
        if let next = place.node["$ref"]?.string, hops < Self.hopLimit {
            let target = try find(next, at: place, base: nil, hops: hops + 1)
            return try step(to: segment, from: target.place, reference: reference, hops: hops + 1)
        }
        let whole = place.pointer.isEmpty ? "'\(place.file.name)'" : "#\(place.pointer)"
        failureCount += 1
        throw Failure(
            message: "the $ref '\(reference)' leads nowhere: \(whole) has no '\(segment)'",
            hint: failureCount > Self.hintLimit ? nil : NearMiss.hint(segment, among: place.node.mapping?.keys ?? []))
    }
}
