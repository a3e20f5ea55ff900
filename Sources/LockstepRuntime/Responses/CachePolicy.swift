/// What caches may do with a response that does not say itself (RFC 9111).
///
/// Answers that depend on who asks, and answers to anything but GET and HEAD (tokens among them), are not stored; a
/// private answer with an `ETag` may be kept by the client and asked about again. Public GETs are left as they are.
enum CachePolicy {
    static func apply(to response: inout Response, isPrivate: Bool, _ method: HTTPMethod) {
        let isRead = method == .get || method == .head
        guard isPrivate || !isRead, !response.headers.contains("Cache-Control") else { return }
        let isRevalidated = isRead && response.headers.contains("ETag")
        response.headers.append("Cache-Control", isRevalidated ? "private, no-cache" : "no-store")
    }
}
