/// Why a file cannot be read as YAML, and where.
struct YAMLError: Error {
    var message: String
    var mark: Mark
    var hint: String?

    init(_ message: String, at mark: Mark, hint: String? = nil) {
        self.message = message
        self.mark = mark
        self.hint = hint
    }
}
