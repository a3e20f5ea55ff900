import Foundation
import LockstepJSON
import Testing

@testable import LockstepDocument

/// Documents with random damage. Whatever it is, reading ends, with a description or with errors; and what is published of a
/// description is a document that reads again. The seeds are fixed: a failure names the one that shows it again.
@Suite("Damaged documents", .timeLimit(.minutes(5)))
struct MutationTests {
    private static let whole = """
        openapi: 3.2.0
        info: {title: T, version: '1', license: {name: MIT, identifier: MIT}}
        servers: [{url: 'https://{a}.example.com/v1', variables: {a: {default: x, enum: [x, y]}}}]
        tags: [{name: t, kind: nav}, {name: u, parent: t}]
        security: [{key: []}, {bearer: [admin], oauth: [read]}]
        paths:
          /pets/{id}:
            parameters: [{$ref: '#/components/parameters/id'}]
            get:
              operationId: getPet
              tags: [t]
              parameters:
                - {name: q, in: query, style: deepObject, schema: {type: object, properties: {a: {type: [string, 'null']}}}}
                - {name: c, in: cookie, schema: {type: array, items: {type: integer}, maxItems: 3}}
                - {name: j, in: header, content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}}
              responses:
                '200': {$ref: '#/components/responses/pet'}
                4XX: {description: e, headers: {X-A: {required: true, schema: {type: integer}}}}
                default: {description: d, content: {text/plain: {schema: {type: string}}}}
            post:
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema: {type: object, properties: {f: {type: string, format: binary}}}
                    encoding: {f: {contentType: image/png, headers: {X-P: {schema: {type: string}}}}}
                  application/json: {schema: {$ref: '#/components/schemas/Pet'}, examples: {a: {value: {kind: cat}}}}
                  application/jsonl: {itemSchema: {$ref: '#/components/schemas/Cat'}}
              responses: {'201': {description: d, links: {self: {operationId: getPet, parameters: {id: $response.body#/id}}}}}
              callbacks: {done: {'{$request.body#/url}': {post: {responses: {'204': {description: d}}}}}}
            additionalOperations: {COPY: {responses: {'204': {description: d}}}}
          /all: {$ref: '#/components/pathItems/all'}
        webhooks: {news: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}}}}}
        components:
          parameters: {id: {name: id, in: path, required: true, schema: {type: string, format: uuid}}}
          responses: {pet: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
          pathItems: {all: {query: {parameters: [{name: f, in: querystring, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Base'}}}}], responses: {'200': {description: d}}}}}
          securitySchemes:
            key: {type: apiKey, in: query, name: k}
            bearer: {type: http, scheme: bearer}
            oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://e', scopes: {read: r}}}}
          schemas:
            Base: {type: object, required: [kind], properties: {kind: {type: string}, age: {type: integer, minimum: 0, default: 1}}}
            Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {kind: {const: cat}, mates: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}]}
            Dog: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {kind: {enum: [dog, hound]}}, unevaluatedProperties: false}
            Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: Cat, dog: '#/components/schemas/Dog'}, defaultMapping: Dog}}
            Tree: {$id: tree, $dynamicAnchor: n, type: object, additionalProperties: {$dynamicRef: '#n'}, patternProperties: {'^a': {$ref: '#n'}}, propertyNames: {maxLength: 3}}
            Rest: {type: array, prefixItems: [{type: string}, true], items: {anyOf: [{type: 'null'}, {$anchor: r, not: {const: 1}}]}, contains: {$ref: '#r'}, if: {minItems: 1}, then: {maxItems: 9}, $defs: {d: {dependentRequired: {a: [b]}}}}
        """

    private static let old = """
        openapi: 3.0.3
        info: {title: T, version: '1'}
        paths:
          /a:
            put:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: {a: 1}}}}
              responses: {'200': {description: d}}
        components:
          schemas:
            A: {type: object, nullable: true, properties: {a: {type: number, minimum: 1, exclusiveMinimum: true}, b: {$ref: '#/components/schemas/B'}, c: {nullable: true, allOf: [{$ref: '#/components/schemas/B'}]}}}
            B: {oneOf: [{type: string, enum: [x, null], nullable: true}, {$ref: '#/components/schemas/A'}], example: x}
        """

    /// More for a longer run: `LOCKSTEP_MUTATIONS=20000`.
    private static let seeds =
        0..<(ProcessInfo.processInfo.environment["LOCKSTEP_MUTATIONS"].flatMap(UInt64.init) ?? 400)

    @Test("of which values, keys and references were changed are read or refused", arguments: [whole, old])
    func changedTrees(_ text: String) throws {
        for seed in Self.seeds { try check(seed) { Self.changed(text, &$0) } }
    }

    @Test("of which bytes were changed are read or refused", arguments: [whole, old])
    func changedBytes(_ text: String) throws {
        for seed in Self.seeds { try check(seed) { Self.damaged(Array(text.utf8), &$0) } }
    }

    @Test("of the corpus are read or refused after changes")
    func changedCorpus() throws {
        guard let folder = Corpus.folder("openapi") else { return }
        for file in try Corpus.documents(in: folder) {
            let bytes = try [UInt8](Data(contentsOf: file))
            guard bytes.count < 25_000 else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            for seed in UInt64(0)..<15 {
                try check(seed, of: file.lastPathComponent) { Self.changed(text, &$0) }
                try check(seed, of: file.lastPathComponent) { Self.damaged(bytes, &$0) }
            }
        }
    }

    private func check(
        _ seed: UInt64, of name: String = "document", _ make: (inout SplitMix) -> [UInt8]
    ) throws {
        var random = SplitMix(state: seed)
        let bytes = make(&random)
        let result = DocumentReader(loader: InMemoryLoader(bytes: ["a.yaml": bytes])).read("a.yaml")
        let what = "seed \(seed) of \(name)"
        #expect((result.description == nil) == result.hasErrors, "\(what)")
        #expect(result.diagnostics.allSatisfy { $0.origin != nil || $0.severity == .note }, "\(what)")
        guard let bundle = result.bundle else { return }
        let again = DocumentReader(loader: InMemoryLoader(["b.json": bundle.json()])).read("b.json")
        #expect(!again.hasErrors, "\(what), published: \(again.diagnostics.filter { $0.severity == .error })")
    }

    // MARK: Damage

    private static func changed(_ text: String, _ random: inout SplitMix) -> [UInt8] {
        guard let root = YAMLReader.read(Array(text.utf8), file: "a").root else { return [] }
        for _ in 0...random.below(4) { change(root, &random) }
        return Array(root.json.text.utf8)
    }

    private static func change(_ root: Node, _ random: inout SplitMix) {
        let all = nodes(of: root)
        let node = all[random.below(all.count)]
        let other = all[random.below(all.count)]
        switch random.below(6) {
        case 0: node.content = values[random.below(values.count)]
        case 1: node.content = other.copy().content
        case 2:
            guard let mapping = node.mapping, !mapping.isEmpty else { return }
            node.remove(mapping.keys[random.below(mapping.count)])
        case 3:
            guard let mapping = node.mapping, let moved = other.mapping?.entries.first else { return }
            node.content = .mapping(Mapping(mapping.entries.filter { $0.key != moved.key } + [moved].map(copied)))
        case 4:
            guard let mapping = node.mapping, !mapping.isEmpty else { return }
            var entries = mapping.entries
            entries[random.below(entries.count)].key = "x\(random.below(9))"
            node.content = .mapping(Mapping(entries))
        default:
            let references = all.filter { $0["$ref"]?.string != nil }
            guard !references.isEmpty, let target = references[random.below(references.count)]["$ref"] else { return }
            node.set("$ref", target.copy())
        }
    }

    private static func copied(_ entry: Mapping.Entry) -> Mapping.Entry {
        Mapping.Entry(key: entry.key, value: entry.value.copy())
    }

    private static var values: [Node.Content] {
        [
            .null, .bool(true), .bool(false), .number("-1"), .number("1e400"), .string(""), .string("x"), .string("#/"),
            .string("3.1.0"), .sequence([]), .mapping(Mapping()), .string("#/components/schemas/A"),
            .sequence([Node(.null, mark: Mark(line: 1, column: 1))]), .string("object"),
        ]
    }

    private static func nodes(of node: Node) -> [Node] {
        let inner = (node.items ?? []) + (node.mapping?.entries.map(\.value) ?? [])
        return [node] + inner.flatMap(nodes)
    }

    private static func damaged(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var result = bytes
        let signs = Array("{}[]:,'\"#&*!|>-?%@`\n\t \\$/0".utf8) + [0, 0x80, 0xC3, 0xFF]
        for _ in 0...random.below(6) {
            let place = random.below(result.count)
            switch random.below(4) {
            case 0: result[place] = signs[random.below(signs.count)]
            case 1: result.insert(signs[random.below(signs.count)], at: place)
            case 2: result.removeSubrange(place..<min(result.count, place + random.below(30)))
            default:
                let other = random.below(result.count)
                result.insert(contentsOf: Array(result[other..<min(result.count, other + random.below(40))]), at: place)
            }
            if result.isEmpty { return result }
        }
        return result
    }
}

/// The same numbers for the same seed, everywhere.
private struct SplitMix {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(max(1, limit)))
    }
}
