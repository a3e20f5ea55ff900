extension Server {
    /// The most paths that the variables of one server may give.
    static let basePathLimit = 32

    /// The paths that the address may have, one for each combination of the values that its variables may have, the defaults
    /// first: `/v1`, or nothing where paths begin at the root. Variables of the host do not count. Where there are more than 32,
    /// or a value is not known, only what is certain is listed.
    public var basePaths: [String] {
        var paths: [String] = []
        for form in forms {
            guard let path = Self.path(of: form), !path.contains("{"), !paths.contains(path) else { continue }
            paths.append(path)
        }
        return paths
    }

    /// Whether the variables have more values than are taken.
    var hasTooManyBasePaths: Bool {
        relevant.reduce(1) { min($0 * choices($1).count, Self.basePathLimit + 1) } > Self.basePathLimit
    }

    /// The address with its variables replaced, in every way that matters.
    private var forms: [String] {
        var forms = [url]
        for variable in variables {
            let isChosen = !hasTooManyBasePaths && relevant.contains { $0.name == variable.name }
            let values = isChosen ? choices(variable) : [variable.defaultValue]
            forms = forms.flatMap { form in values.map { form.replacing("{\(variable.name)}", with: $0) } }
        }
        return forms
    }

    private func choices(_ variable: Variable) -> [String] {
        [variable.defaultValue] + variable.values.filter { $0 != variable.defaultValue }
    }

    /// The variables that the path is made of: those behind the host, or all where a variable stands for the host.
    private var relevant: [Variable] {
        var part = url[...]
        if let mark = url.firstRange(of: "://") { part = url[mark.upperBound...].drop { $0 != "/" } }
        return variables.filter { part.contains("{\($0.name)}") }
    }

    /// The path of an address without variables: without its last slash, and with dots resolved. An address that is relative
    /// to the document's is taken from the root.
    private static func path(of address: String) -> String? {
        var rest = address.prefix { $0 != "?" && $0 != "#" }
        if let mark = rest.firstRange(of: "://") {
            rest = rest[mark.upperBound...].drop { $0 != "/" }
        } else if rest.hasPrefix("//") {
            rest = rest.dropFirst(2).drop { $0 != "/" }
        }
        var segments: [Substring] = []
        for segment in rest.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        return segments.map { "/" + $0 }.joined()
    }
}

extension [Server] {
    /// The paths of all servers, each once; the root where there is no server.
    public var basePaths: [String] {
        var paths: [String] = []
        for server in self {
            for path in server.basePaths where !paths.contains(path) { paths.append(path) }
        }
        return paths.isEmpty ? [""] : paths
    }
}
