/// The JSON Schema dialects that schemas may declare.
enum Dialect {
    /// JSON Schema 2020-12.
    static let draft2020 = "https://json-schema.org/draft/2020-12/schema"

    /// Whether schemas of this dialect mean what they say when they are read as JSON Schema 2020-12.
    static func isKnown(_ uri: String) -> Bool {
        let bare = uri.hasSuffix("#") ? String(uri.dropLast()) : uri
        return bare == draft2020 || bare.hasPrefix("https://spec.openapis.org/oas/3.")
    }
}
