/// Answers 304 for a response that the client already has (RFC 9110 §13.1.2).
///
/// A handler only sets `ETag`; where the operation declares 304, a GET or HEAD whose `If-None-Match` names that tag gets
/// the head without content.
enum ConditionalResponse {
    static func apply(_ response: Response, to request: Request) -> Response {
        guard response.status == 200, request.method == .get || request.method == .head,
            let condition = request.headers.combined("If-None-Match"),
            let tag = response.headers["ETag"],
            EntityTagCondition(condition).matchesWeakly(EntityTag(field: Array(tag.utf8)[...]))
        else { return response }
        var headers = response.headers
        headers.remove("Content-Type")
        return Response(304, headers: headers)
    }
}
