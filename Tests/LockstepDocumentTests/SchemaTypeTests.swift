import LockstepJSON
import Testing

@testable import LockstepDocument

/// Schemas as types, written as one line each: what `Sketch` makes of them.
@Suite("Schemas as types")
struct SchemaTypeTests {
    @Test("scalars, formats and null")
    func scalars() throws {
        let types = try sketch(
            """
            A: {type: [string, 'null'], format: date-time}
            B: {type: integer, format: int64}
            C: {type: string, contentEncoding: base64}
            D: {type: 'null'}
            E: {type: [string, integer, number]}
            F: {}
            G: false
            H: {type: string, contentMediaType: application/octet-stream}
            """)
        #expect(
            types == [
                "A = string(date-time)?", "B = integer(int64)", "C = string(byte)", "D = null",
                "E = types(string | number)", "F = any", "G = never", "H = string(binary)",
            ])
    }

    @Test("3.0's nullable reaches type, enum, allOf and oneOf")
    func nullable() throws {
        let types = try sketch(
            """
            A: {type: string, nullable: true, enum: [a]}
            B: {nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}
            C: {nullable: true, allOf: [{$ref: '#/components/schemas/D'}]}
            D: {type: object, properties: {x: {type: string, nullable: true}}}
            E: {nullable: true, oneOf: [{$ref: '#/components/schemas/D'}]}
            F: {type: integer, minimum: 1, exclusiveMinimum: true}
            """, version: "3.0.3")
        #expect(
            types == [
                "A = enum(\"a\")?", "B = A?", "C = D?", "D = {x?: string?}", "E = D?", "F = integer",
            ])
    }

    @Test("allOf merges, keeps a lone reference, and finds what cannot be")
    func allOf() throws {
        let types = try sketch(
            """
            A: {type: object, required: [id], properties: {id: {type: string}, n: {type: number}}}
            B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, required: [n], properties: {n: {type: integer}, z: {}}}]}
            C: {description: Only said more about., allOf: [{$ref: '#/components/schemas/A'}]}
            D: {allOf: [{$ref: '#/components/schemas/A'}], required: [n]}
            E: {allOf: [{enum: [a, b, c]}, {enum: [b, c, d]}]}
            F: {allOf: [{type: string}, {type: integer}]}
            G: {$ref: '#/components/schemas/A', properties: {g: {type: boolean}}}
            """, warnings: 1)
        #expect(
            types == [
                "A = {id: string, n?: number}", "B = {id: string, n: integer, z?: any}", "C = A",
                "D = {id: string, n: number}", "E = enum(\"b\" | \"c\")", "F = never",
                "G = {id: string, n?: number, g?: boolean}",
            ])
    }

    @Test("objects: properties, maps, tuples, patterns")
    func containers() throws {
        let types = try sketch(
            """
            A: {type: object, additionalProperties: {type: integer}}
            B: {type: object, properties: {a: {type: string}}, additionalProperties: false}
            C: {type: object, properties: {a: {type: string}}, additionalProperties: true}
            D: {type: object}
            E: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
            F: {type: array, items: {type: array}}
            G: {type: object, patternProperties: {'^x-': {type: string}}, additionalProperties: false}
            H: {type: object, properties: {a: {type: string}}, dependentSchemas: {a: {properties: {b: {type: string}}}}}
            I: {required: [a]}
            J: {type: array, prefixItems: [{type: string}], unevaluatedItems: false}
            K: {type: array, prefixItems: [{type: string}], unevaluatedItems: false, contains: {type: integer}}
            M: {prefixItems: [{type: string}, false, {type: integer}], items: {type: boolean}}
            L: {prefixItems: [{type: string}], minItems: 1, allOf: [{type: array, prefixItems: [{}, {type: integer}], items: {type: string}}]}
            """)
        #expect(
            types == [
                "A = map(integer)", "B = {a?: string, !}", "C = {a?: string, *: any}", "D = map(any)",
                "E = (string, integer)", "F = [[any]]", "G = map(string)", "H = {a?: string, b?: string}",
                "I = {a: any}", "J = (string)", "K = (string, any…)", "M = (string)", "L = (string, integer, string…)",
            ])
    }

    @Test("what only a condition describes is typed; branches that differ give a union")
    func conditions() throws {
        let types = try sketch(
            """
            A: {type: object, properties: {k: {type: string}}, if: {properties: {k: {const: a}}}, then: {properties: {x: {type: integer}, y: {type: string}}}, else: {required: [x], properties: {y: {type: boolean}}}}
            B: {type: object, properties: {k: {type: string}}, allOf: [{if: {required: [k]}, then: {properties: {x: {const: p}}}}, {if: {required: [l]}, then: {$ref: '#/components/schemas/D'}}]}
            C: {type: object, properties: {k: {type: string}}, if: {required: [k]}, then: {required: [k]}, else: {if: {required: [m]}, then: {properties: {m: {type: [string, 'null']}}}, else: {properties: {m: {type: integer}}}}}
            D: {type: object, properties: {x: {const: q}}}
            E: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {x: {type: number}}}]}
            F: {type: object, properties: {a: {}}, additionalProperties: false, then: {properties: {b: {type: string}}}}
            G: {type: object, properties: {a: {}}, if: {}, then: {properties: {b: {type: string}}}, else: {properties: {b: true}}}
            H: {allOf: [{$ref: '#/components/schemas/D'}, {if: {required: [x]}, then: {properties: {y: {type: string}}}}]}
            I: {allOf: [{$ref: '#/components/schemas/D'}, {if: {required: [x]}, then: {properties: {x: {const: q}}}}]}
            J: {type: object, properties: {k: {type: string}}, if: {required: [k]}, then: {required: [x, y]}, else: {properties: {x: {type: integer}}}}
            K: {type: object, properties: {v: {type: object, properties: {a: {}}}}, then: {properties: {v: {properties: {a: {type: string}, b: {type: string}}}}}}
            L: {type: object, properties: {a: {}}, then: {additionalProperties: {type: string}}}
            M: {type: object, properties: {a: {}}, if: {required: [a, b]}, then: {if: {properties: {c: {type: string}}}, else: false}}
            N: {type: object, properties: {a: {}}, if: {required: [b]}, then: false, additionalProperties: false}
            O: {type: object, properties: {a: {}}, if: {required: [b]}, else: false, additionalProperties: {type: string}}
            """)
        #expect(
            types == [
                "A = {k?: string, x?: integer, y?: anyOf(string | boolean)}",
                "B = {k?: string, x?: enum(\"p\" | \"q\"), l?: any}",
                "C = {k?: string, m?: anyOf(string | integer)?}", "D = {x?: enum(\"q\")}",
                "E = {k?: string, x?: number, y?: anyOf(string | boolean)}", "F = {a?: any, !}",
                "G = {a?: any, b?: any}", "H = {x?: enum(\"q\"), y?: string}", "I = D",
                "J = {k?: string, x?: integer, y?: any}", "K = {v?: {a?: any, b?: string}}", "L = {a?: any, *: any}",
                "M = {a?: any, b?: any, c?: any}", "N = {a?: any, !}", "O = {a?: any, *: string}",
            ])
    }

    @Test("members beside the properties are kept where the document says something about them")
    func members() throws {
        let types = try sketch(
            """
            A: {type: object, properties: {a: {}}, unevaluatedProperties: {type: integer}}
            B: {type: object, properties: {a: {}}, anyOf: [{properties: {b: {}}}, {properties: {c: {}}}], unevaluatedProperties: {type: integer}}
            C: {allOf: [{type: object, properties: {a: {}}}, {type: object, patternProperties: {'^x': {type: integer}}}]}
            D: {type: object, allOf: [{type: object, properties: {a: {}}, additionalProperties: {type: integer}}], unevaluatedProperties: false}
            E: {type: object, allOf: [{type: object, properties: {a: {}}}], unevaluatedProperties: {type: integer}}
            """)
        #expect(
            types == [
                "A = {a?: any, *: integer}", "B = anyOf({a?: any, b?: any, *: any} | {a?: any, c?: any, *: any})",
                "C = {a?: any, *: any}", "D = {a?: any, *: integer}", "E = {a?: any, *: any}",
            ])
    }

    @Test("unions: null, one alternative, repeats, open enums, refinements")
    func unions() throws {
        let types = try sketch(
            """
            A: {oneOf: [{type: string}, {type: 'null'}]}
            B: {anyOf: [{type: string}, {type: string, enum: [x, y]}]}
            C: {type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}
            D: {oneOf: [{type: string}, {type: integer}, {type: string, maxLength: 3}]}
            E: {type: object, properties: {k: {type: string}}, oneOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}}]}
            F: {type: string, anyOf: [{format: ipv4}, {format: ipv6}]}
            G: {anyOf: [{type: string}, {}]}
            H: {type: integer, oneOf: [{const: 1, title: One}, {const: 2, title: Two}]}
            I: {enum: [2], allOf: [{$ref: '#/components/schemas/H'}]}
            J: {type: string, anyOf: [{type: integer}, {type: string}]}
            K: {oneOf: [{type: boolean}, {anyOf: [{type: integer}, {oneOf: [{type: 'null'}, {type: array}]}]}, {type: [string, number]}]}
            L: {oneOf: [{type: boolean}, {title: Named, anyOf: [{type: integer}, {type: string}]}]}
            M: {oneOf: [{type: boolean}, {maxLength: 3, anyOf: [{type: integer}, {type: string}]}]}
            """)
        #expect(
            types == [
                "A = string?", "B = enum(\"x\" | \"y\" …)", "C = {a?: string, b?: string}",
                "D = oneOf(string | integer)",
                "E = oneOf({k?: string, a?: string} | {k?: string, b?: string})", "F = string", "G = any",
                "H = enum(1 | 2)", "I = enum(2)", "J = string",
                "K = oneOf(boolean | integer | [any] | string | number)?",
                "L = oneOf(boolean | anyOf(integer | string))", "M = oneOf(boolean | anyOf(integer | string))",
            ])
    }

    @Test("alternatives without a name are called by the constant or the required property that only they have")
    func unionNames() throws {
        let text = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths: {}
            components:
              schemas:
                A: {oneOf: [{type: object, required: [id, card], properties: {id: {}, card: {type: string}}}, {type: object, required: [id, iban], properties: {id: {}, iban: {type: string}}}]}
                B: {oneOf: [{type: object, required: [t, x], properties: {t: {const: one}, x: {}}}, {type: object, required: [t], properties: {t: {const: two}}}]}
                C: {oneOf: [{type: object, title: Named, required: [n], properties: {n: {}}}, {type: object, properties: {m: {}}}]}
            """
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let hints = try #require(result.description).schemas.map { schema -> [String?] in
            guard case .union(let union) = schema.schema.kind else { return [] }
            return union.alternatives.map(\.nameHint)
        }
        #expect(hints == [["card", "iban"], ["one", "two"], ["Named", nil]])
    }

    @Test("open enumerations: known values beside others, by anyOf or by extension")
    func openEnumerations() throws {
        let types = try sketch(
            """
            A: {anyOf: [{type: string, enum: [x]}, {type: string}]}
            B: {type: string, x-extensible-enum: [x, y]}
            C: {type: string, enum: [x, y], x-extensible-enum: true}
            """)
        #expect(types == ["A = enum(\"x\" …)", "B = enum(\"x\" | \"y\" …)", "C = enum(\"x\" | \"y\" …)"])
    }

    @Test("members that match no pattern may be anything, unless additionalProperties says more")
    func patternProperties() throws {
        let types = try sketch(
            """
            A: {type: object, properties: {a: {type: integer}}, patternProperties: {'^x-': {type: string}}}
            B: {type: object, properties: {a: {type: integer}}, patternProperties: {'^x-': {type: string}}, additionalProperties: false}
            C: {type: object, patternProperties: {'^x-': {type: string}}, additionalProperties: {type: string}}
            D: {type: object, patternProperties: {'^x-': {type: string}, '^y-': {type: integer}}, additionalProperties: false}
            """)
        #expect(
            types == ["A = {a?: integer, *: any}", "B = {a?: integer, *: string}", "C = map(string)", "D = map(any)"])
    }

    @Test("discriminators: mapped, implied by names, and by the values that the alternatives allow")
    func discriminators() throws {
        let types = try sketch(
            """
            Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {meow: Cat}}}
            Cat: {type: object, properties: {kind: {type: string}}}
            Dog: {type: object, properties: {kind: {type: string}}}
            Thing: {oneOf: [{$ref: '#/components/schemas/Stone'}], discriminator: {propertyName: kind}}
            Stone: {type: object, properties: {kind: {const: stone}}}
            """)
        #expect(types[0] == "Pet = oneOf[kind](meow: Cat | Dog: Dog)")
        #expect(types[3] == "Thing = oneOf[kind](stone: Stone)")
    }

    @Test("a parent that lists its children, which extend it, is a union of them and its validation ends")
    func parentsAndChildren() throws {
        let text = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths: {}
            components:
              schemas:
                Pet:
                  type: object
                  required: [kind]
                  properties: {kind: {type: string}}
                  discriminator: {propertyName: kind}
                  oneOf: [{$ref: '#/components/schemas/Cat'}]
                Cat:
                  allOf:
                    - $ref: '#/components/schemas/Pet'
                    - {type: object, properties: {lives: {type: integer}}}
            """
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        #expect(result.diagnostics == [])
        let api = try #require(result.description)
        #expect(
            api.schemas.map { Sketch.of($0.schema) } == ["oneOf[kind](Cat: Cat)", "{kind: string, lives?: integer}"])
        let schemas = api.resources["lockstep:///openapi.yaml"]?["components"]?["schemas"]
        #expect(
            schemas?["Cat"]?["allOf"]?[0]?["$ref"]?.string
                == "lockstep:///openapi.yaml#/components/schemas/Pet/x-lockstep-base")
        #expect(schemas?["Pet"]?["x-lockstep-base"]?["oneOf"] == nil)
        #expect(schemas?["Pet"]?["x-lockstep-base"]?["required"] == ["kind"])
        #expect(result.bundle?.document["components"]?["schemas"]?["Pet"]?["x-lockstep-base"] == nil)
    }

    @Test("what schemas say for people, and the keywords that only documentation shows")
    func annotations() throws {
        let text = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths: {}
            components:
              schemas:
                A:
                  title: T
                  description: D
                  $comment: C
                  type: integer
                  default: 3
                  deprecated: true
                  examples: [1, 2]
                  minimum: 1
                  maximum: 9
                  multipleOf: 1
                  externalDocs: {url: 'https://example.com'}
                B: {type: object, properties: {r: {type: string, readOnly: true}, w: {type: string, writeOnly: true}}}
                C: {type: string, contentMediaType: application/json, contentSchema: {type: object}, example: '{}'}
                D: {type: string, minLength: 1, maxLength: 9, pattern: a}
                E: {type: array, minItems: 1, maxItems: 9, uniqueItems: true}
                F: {type: object, minProperties: 1, maxProperties: 9}
            """
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        #expect(result.diagnostics == [])
        let schemas = try #require(result.description).schemas
        let first = schemas[0].schema
        #expect(first.title == "T" && first.description == "D" && first.defaultValue == 3 && first.isDeprecated)
        #expect(first.examples == [1, 2] && first.constraints.minimum == "1" && first.constraints.maximum == "9")
        #expect(first.constraints.multipleOf == "1")
        guard case .object(let object) = schemas[1].schema.kind else {
            Issue.record("B is an object")
            return
        }
        #expect(object.properties.map(\.schema.isReadOnly) == [true, false])
        #expect(object.properties.map(\.schema.isWriteOnly) == [false, true])
        #expect(schemas[1].reachesReadOnly && schemas[1].reachesWriteOnly)
        #expect(schemas[2].schema.constraints.contentMediaType == "application/json")
        #expect(schemas[2].schema.examples == ["{}"])
        #expect(schemas[3].schema.constraints.maxLength == 9 && schemas[3].schema.constraints.pattern == "a")
        #expect(schemas[4].schema.constraints.uniqueItems && schemas[4].schema.constraints.minItems == 1)
        #expect(schemas[5].schema.constraints.minProperties == 1 && schemas[5].schema.constraints.maxProperties == 9)
        let published = result.bundle?.document["components"]?["schemas"]?["A"]
        #expect(published?["$comment"] == "C" && published?["externalDocs"]?["url"] == "https://example.com")
    }
}
