/// Runtime expressions of callbacks and links.
extension DocumentChecker {
    /// The keys of a Callback Object.
    func checkCallback(_ place: Place) {
        for (key, item) in place.members where !key.hasPrefix("x-") && key != "$ref" {
            do {
                let template = try ExpressionTemplate(key)
                guard !template.pieces.contains(where: { if case .expression = $0 { true } else { false } }) else {
                    continue
                }
                diagnostics.note(
                    "the key of the callback has no runtime expression: its URL is always the same", at: item)
            } catch {
                diagnostics.warning(error.message, at: item, hint: error.hint)
            }
        }
    }

    /// The values of a Link Object that are expressions. A text that does not begin like one is a constant.
    func checkLinkExpressions(_ place: Place) {
        for (_, value) in place["parameters"]?.members ?? [] {
            guard let text = value.node.string, text.hasPrefix("$") || text.contains("{$") else { continue }
            do {
                _ = try ExpressionTemplate(text)
            } catch {
                diagnostics.warning(error.message, at: value, hint: error.hint)
            }
        }
    }
}
