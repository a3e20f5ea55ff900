/// Names of headers: tokens of RFC 9110, section 5.6.2. No message can have another.
extension DocumentChecker {
    /// Takes spaces away that stand around the name of a header parameter; other names cannot be mended.
    func checkHeaderName(_ name: String, of place: Place) {
        guard let field = place["name"] else { return }
        guard let meant = Self.headerName(name) else {
            diagnostics.warning("'\(name)' is not a header name; the parameter was left out", at: field)
            return
        }
        guard meant != name else { return }
        diagnostics.warning("there are spaces around the name of the header '\(meant)'; they were left out", at: field)
        field.node.content = .string(meant)
    }

    /// Leaves parameters out of a list that no request can have.
    func leaveOutUnsendable(_ list: Place?) {
        guard let list, let items = list.node.items else { return }
        let kept = list.elements.filter { element in
            let parameter = resolver.follow(element)
            guard parameter.node["in"]?.string == "header", let name = parameter.node["name"]?.string else {
                return true
            }
            return Self.headerName(name) != nil
        }
        if kept.count < items.count { list.node.content = .sequence(kept.map(\.node)) }
    }

    func checkResponseHeaders(_ place: Place) {
        guard let headers = place["headers"] else { return }
        for (name, header) in headers.members where Self.headerName(name) != name {
            diagnostics.warning("'\(name)' is not a header name; the header was left out", at: header)
            headers.node.remove(name)
        }
    }

    /// The name without spaces around it; `nil` where that is no header's name.
    private static func headerName(_ text: String) -> String? {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        let name = text.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        return isToken(name) ? String(name) : nil
    }

    /// Whether the text is a token, which names of headers and both parts of a media type are.
    static func isToken(_ text: some Collection<Character>) -> Bool {
        let symbols = Set("!#$%&'*+-.^_`|~")
        return !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || symbols.contains($0) }
    }
}
