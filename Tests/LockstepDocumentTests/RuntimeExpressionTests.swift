import LockstepDocument
import Testing

@Suite("Runtime expressions")
struct RuntimeExpressionTests {
    @Test("every form of the specification is read")
    func forms() throws {
        for (text, expected) in [
            ("$url", RuntimeExpression.url), ("$method", .method), ("$statusCode", .statusCode),
            ("$request.header.X-Log", .request(.header("X-Log"))), ("$request.query.a.b", .request(.query("a.b"))),
            ("$request.path.id", .request(.path("id"))), ("$request.body", .request(.body(pointer: ""))),
            ("$request.body#", .request(.body(pointer: ""))),
            ("$request.body#/user/uuid~1", .request(.body(pointer: "/user/uuid~1"))),
            ("$response.body#/0/id", .response(.body(pointer: "/0/id"))),
            ("$response.header.Location", .response(.header("Location"))),
        ] {
            #expect(try RuntimeExpression(text) == expected, "\(text)")
        }
    }

    @Test("a text may have several, and one alone needs no braces")
    func templates() throws {
        #expect(try ExpressionTemplate("https://a.example").pieces == [.text("https://a.example")])
        #expect(try ExpressionTemplate("$url").pieces == [.expression(.url)])
        #expect(
            try ExpressionTemplate("{$request.query.u}/x?m={$method}").pieces == [
                .expression(.request(.query("u"))), .text("/x?m="), .expression(.method),
            ])
    }

    @Test(
        "what is none is refused with a reason",
        arguments: [
            "$uri", "$", "$request", "$request.", "$request.cookie.a", "$request.header", "$request.header.",
            "$request.body.url",
            "$request.body#url", "$response.body#/~2", "{$request.query.u", "{request.query.u}", "{}", "a{$urls}b",
        ])
    func faults(_ text: String) {
        #expect(throws: RuntimeExpression.Fault.self) { try ExpressionTemplate(text) }
    }
}
