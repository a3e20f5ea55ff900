import LockstepJSON
import LockstepSchema
import Testing

/// What is told about a document that does not fit: where, by which keyword, what was expected; all of it, in the
/// document's order.
@Suite struct FailureTests {
    private func failures(_ schema: String, _ text: String, maximum: Int = 64) throws -> [String] {
        let entry = try SchemaCompiler.validator(for: try JSONValue.parse(schema))
        return entry.validate(try JSONDocument.parse(text), maximumFailures: maximum).failures.map {
            "\($0.pointer) \($0.keyword) \($0.expected)"
        }
    }

    @Test func `a container's own failures come before those of its parts, whatever order they are found in`() throws {
        let schema = #"""
            {"required":["a"],"minProperties":4,"additionalProperties":false,
             "properties":{"x":{"type":"string"},"y":{"items":{"maximum":1},"maxItems":1}}}
            """#
        #expect(
            try failures(schema, #"{"y":[5,1,6],"x":1,"z":2}"#) == [
                " minProperties 4", " required a", "/y maxItems 1", "/y/0 maximum 1", "/y/2 maximum 1",
                "/x type string",
                "/z additionalProperties ",
            ])
    }

    @Test func `a bounded list has the failures that come first in the document`() throws {
        let many = (0..<100).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let schema = #"{"required":["a"],"additionalProperties":{"type":"string"}}"#
        let told = try failures(schema, "{\(many)}", maximum: 3)
        #expect(told == [" required a", "/k0 type string", "/k1 type string"])
        #expect(try failures(schema, "{\(many)}").count == 64)
    }

    @Test(arguments: [
        // One alternative of the value's kind: what is wrong with that one.
        (#"{"anyOf":[{"type":"object","required":["a"]},{"type":"null"}]}"#, "{}", [" required a"]),
        (#"{"oneOf":[{"type":"string"},{"items":{"type":"string"},"type":"array"}]}"#, "[1]", ["/0 type string"]),
        // None of the value's kind: which kinds there are.
        (#"{"anyOf":[{"type":"object","required":["a"]},{"type":"null"}]}"#, "1", [" anyOf 2 forms: object, null"]),
        // Constants: all of them.
        (#"{"oneOf":[{"const":"a"},{"enum":["b","c"]}]}"#, #""d""#, [" enum a, b, c"]),
        // Each asks one thing of the value itself: all of these.
        (
            #"{"anyOf":[{"required":["a"]},{"required":["b"]}]}"#, "{}",
            [#" anyOf 2 forms: must have the property "a"; must have the property "b""#]
        ),
        // Otherwise the closest.
        (
            #"{"anyOf":[{"required":["a","b"]},{"properties":{"c":{"type":"integer"}},"required":["c"]}]}"#,
            #"{"c":"x"}"#, [" anyOf 2 forms", "/c type integer"]
        ),
        (#"{"oneOf":[{"minimum":1},{"maximum":5}]}"#, "3", [" oneOf exactly one form"]),
        // Unions in unions: the inner one's.
        (
            #"{"anyOf":[{"type":"null"},{"anyOf":[{"type":"string"},{"type":"array","maxItems":1}]}]}"#, "[1,2]",
            [" maxItems 1"]
        ),
    ])
    func `of a union the most useful is told`(_ schema: String, _ text: String, _ expected: [String]) throws {
        #expect(try failures(schema, text) == expected)
    }

    @Test(arguments: [
        (
            #"{"propertyNames":{"maxLength":3}}"#, #"{"abcd":1}"#,
            ["/abcd propertyNames must be at most 3 characters long"]
        ),
        (#"{"propertyNames":false}"#, #"{"a":1}"#, ["/a propertyNames "]),
        (
            #"{"dependentRequired":{"a":["b","c"],"d":["e"]}}"#, #"{"a":1,"c":2}"#,
            [" dependentRequired b"]
        ),
        (
            #"{"dependentSchemas":{"a":{"properties":{"x":{"type":"string"}}},"q":false}}"#, #"{"a":1,"x":1,"q":1}"#,
            [" dependentSchemas ", "/x type string"]
        ),
        (#"{"contains":{"type":"string"}}"#, "[1]", [" contains 1"]),
        (#"{"contains":{"type":"string"},"minContains":2}"#, #"["a"]"#, [" minContains 2"]),
        (#"{"contains":{"type":"string"},"maxContains":1}"#, #"["a","b"]"#, [" maxContains 1"]),
        (#"{"not":{"type":"string"}}"#, #""a""#, [" not "]),
        (#"{"uniqueItems":true}"#, "[1,2,1,2,1.0]", ["/2 uniqueItems 0", "/3 uniqueItems 1", "/4 uniqueItems 0"]),
        (
            #"{"prefixItems":[{"type":"integer"}],"unevaluatedItems":false}"#, #"["x",1]"#,
            ["/0 type integer", "/1 unevaluatedItems "]
        ),
        (#"{"prefixItems":[true],"items":false}"#, "[1,2,3]", ["/1 items ", "/2 items "]),
        (#"{"unevaluatedProperties":{"type":"string"}}"#, #"{"a":1}"#, ["/a type string"]),
        (
            #"{"if":{"required":["a"]},"then":{"required":["b"]},"else":false}"#, #"{"a":1}"#, [" required b"]
        ),
        (#"{"if":{"required":["a"]},"then":{"required":["b"]},"else":false}"#, "{}", [" else "]),
        (
            #"{"properties":{"a":false},"patternProperties":{"^b":false}}"#, #"{"a":1,"b":1}"#,
            ["/a properties ", "/b patternProperties "]
        ),
        ("false", "1", [" false "]),
    ])
    func `each keyword tells where and what it expected`(_ schema: String, _ text: String, _ expected: [String]) throws
    {
        #expect(try failures(schema, text) == expected)
    }

    @Test func `what a failing alternative knows is not called unknown as well`() throws {
        let schema = #"""
            {"anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},
                      {"properties":{"b":{"type":"integer"}},"required":["b","c"]}],
             "unevaluatedProperties":false}
            """#
        #expect(
            try failures(schema, #"{"a":"x","z":1}"#) == [
                " anyOf 2 forms", "/a type integer", "/z unevaluatedProperties ",
            ])
    }

    @Test func `a member of many repeated elements is told once each`() throws {
        let text = "[" + (0..<40).map { String($0 % 20) }.joined(separator: ",") + "]"
        let told = try failures(#"{"uniqueItems":true}"#, text)
        #expect(told.count == 20 && told.first == "/20 uniqueItems 0" && told.last == "/39 uniqueItems 19")
    }
}
