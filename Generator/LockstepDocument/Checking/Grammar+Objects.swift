extension Grammar {
    /// The grammar of an object; schemas have rules of their own (`SchemaChecker`).
    static func of(_ kind: ObjectKind) -> Grammar { all[kind] ?? Grammar([]) }

    private static let all: [ObjectKind: Grammar] = document.merging(operations) { first, _ in first }
        .merging(messages) { first, _ in first }.merging(security) { first, _ in first }

    private static let document: [ObjectKind: Grammar] = [
        .openAPI: Grammar([
            .essential("openapi", .string), .optional("$self", .string, since: .v3_2),
            .required("info", .object(.info)),
            .optional("jsonSchemaDialect", .string, since: .v3_1), .optional("servers", .array(.object(.server))),
            .required("paths", .object(.paths), until: .v3_0),
            .optional("webhooks", .map(.referable(.pathItem)), since: .v3_1),
            .optional("components", .object(.components)),
            .optional("security", .array(.object(.securityRequirement))), .optional("tags", .array(.object(.tag))),
            .optional("externalDocs", .object(.externalDocumentation)),
        ]),
        .info: Grammar([
            .required("title", .string), .optional("summary", .string, since: .v3_1), .optional("description", .string),
            .optional("termsOfService", .string), .optional("contact", .object(.contact)),
            .optional("license", .object(.license)), .required("version", .string),
        ]),
        .contact: Grammar([
            .optional("name", .string), .optional("url", .string), .optional("email", .string),
        ]),
        .license: Grammar([
            .required("name", .string), .optional("identifier", .string, since: .v3_1), .optional("url", .string),
        ]),
        .server: Grammar([
            .essential("url", .string), .optional("description", .string), .optional("name", .string, since: .v3_2),
            .optional("variables", .map(.object(.serverVariable))),
        ]),
        .serverVariable: Grammar([
            .optional("enum", .array(.string)), .required("default", .string), .optional("description", .string),
        ]),
        .components: Grammar([
            .optional("schemas", .map(.object(.schema))), .optional("responses", .map(.referable(.response))),
            .optional("parameters", .map(.referable(.parameter))), .optional("examples", .map(.referable(.example))),
            .optional("requestBodies", .map(.referable(.requestBody))), .optional("headers", .map(.referable(.header))),
            .optional("securitySchemes", .map(.referable(.securityScheme))),
            .optional("links", .map(.referable(.link))),
            .optional("callbacks", .map(.referable(.callback))),
            .optional("pathItems", .map(.referable(.pathItem)), since: .v3_1),
            .optional("mediaTypes", .map(.referable(.mediaType)), since: .v3_2),
        ]),
        .tag: Grammar([
            .essential("name", .string), .optional("summary", .string, since: .v3_2), .optional("description", .string),
            .optional("externalDocs", .object(.externalDocumentation)), .optional("parent", .string, since: .v3_2),
            .optional("kind", .string, since: .v3_2),
        ]),
        .externalDocumentation: Grammar([.optional("description", .string), .required("url", .string)]),
    ]

    private static let operations: [ObjectKind: Grammar] = [
        .paths: Grammar(
            [], pattern: Pattern(form: "begin with '/'", matches: { $0.hasPrefix("/") }, shape: .object(.pathItem))),
        .pathItem: Grammar(
            [.optional("$ref", .string), .optional("summary", .string), .optional("description", .string)]
                + ["get", "put", "post", "delete", "options", "head", "patch", "trace"].map {
                    .optional($0, .object(.operation))
                } + [
                    .optional("query", .object(.operation), since: .v3_2),
                    .optional("additionalOperations", .map(.object(.operation)), since: .v3_2),
                    .optional("servers", .array(.object(.server))),
                    .optional("parameters", .array(.referable(.parameter))),
                ]),
        .operation: Grammar([
            .optional("tags", .array(.string)), .optional("summary", .string), .optional("description", .string),
            .optional("externalDocs", .object(.externalDocumentation)), .optional("operationId", .string),
            .optional("parameters", .array(.referable(.parameter))), .optional("requestBody", .referable(.requestBody)),
            .required("responses", .object(.responses), until: .v3_0),
            .optional("callbacks", .map(.referable(.callback))), .optional("deprecated", .boolean),
            .optional("security", .array(.object(.securityRequirement))),
            .optional("servers", .array(.object(.server))),
        ]),
        .parameter: Grammar([
            .essential("name", .string),
            .essential("in", .choice(["path", "query", "header", "cookie", "querystring"])),
            .optional("description", .string), .optional("required", .boolean), .optional("deprecated", .boolean),
            .optional("allowEmptyValue", .boolean),
            .optional(
                "style",
                .choice([
                    "matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie",
                ])),
            .optional("explode", .boolean), .optional("allowReserved", .boolean), .optional("schema", .object(.schema)),
            .optional("example", .any), .optional("examples", .map(.referable(.example))),
            .optional("content", .map(.referable(.mediaType))),
        ]),
        .callback: Grammar(
            [], pattern: Pattern(form: "be a runtime expression", matches: { _ in true }, shape: .referable(.pathItem))),
    ]

    private static let messages: [ObjectKind: Grammar] = [
        .requestBody: Grammar([
            .optional("description", .string), .required("content", .map(.referable(.mediaType))),
            .optional("required", .boolean),
        ]),
        .mediaType: Grammar([
            .optional("description", .string, since: .v3_2), .optional("schema", .object(.schema)),
            .optional("itemSchema", .object(.schema), since: .v3_2), .optional("example", .any),
            .optional("examples", .map(.referable(.example))),
            .optional("encoding", .map(.object(.encoding))),
            .optional("prefixEncoding", .array(.object(.encoding)), since: .v3_2),
            .optional("itemEncoding", .object(.encoding), since: .v3_2),
        ]),
        .encoding: Grammar([
            .optional("contentType", .string), .optional("headers", .map(.referable(.header))),
            .optional("style", .choice(["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
            .optional("explode", .boolean), .optional("allowReserved", .boolean),
            .optional("encoding", .map(.object(.encoding)), since: .v3_2),
            .optional("prefixEncoding", .array(.object(.encoding)), since: .v3_2),
            .optional("itemEncoding", .object(.encoding), since: .v3_2),
        ]),
        .responses: Grammar(
            [.optional("default", .referable(.response))],
            pattern: Pattern(
                form: "be 'default', a status such as '200', or a range such as '4XX'",
                matches: { StatusKey.parse($0) != nil }, shape: .referable(.response))),
        .response: Grammar([
            .required("description", .string, until: .v3_1), .optional("summary", .string, since: .v3_2),
            .optional("headers", .map(.referable(.header))), .optional("content", .map(.referable(.mediaType))),
            .optional("links", .map(.referable(.link))),
        ]),
        .header: Grammar([
            .optional("description", .string), .optional("required", .boolean), .optional("deprecated", .boolean),
            .optional("allowEmptyValue", .boolean, until: .v3_0), .optional("style", .choice(["simple"])),
            .optional("explode", .boolean), .optional("schema", .object(.schema)), .optional("example", .any),
            .optional("examples", .map(.referable(.example))), .optional("content", .map(.referable(.mediaType))),
        ]),
        .example: Grammar([
            .optional("summary", .string), .optional("description", .string), .optional("value", .any),
            .optional("externalValue", .string), .optional("dataValue", .any, since: .v3_2),
            .optional("serializedValue", .string, since: .v3_2),
        ]),
        .link: Grammar([
            .optional("operationRef", .string), .optional("operationId", .string), .optional("parameters", .map(.any)),
            .optional("requestBody", .any), .optional("description", .string), .optional("server", .object(.server)),
        ]),
    ]

    private static let security: [ObjectKind: Grammar] = [
        .securityScheme: Grammar([
            .essential("type", .choice(["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
            .optional("description", .string), .optional("name", .string),
            .optional("in", .choice(["query", "header", "cookie"])), .optional("scheme", .string),
            .optional("bearerFormat", .string), .optional("flows", .object(.oauthFlows)),
            .optional("openIdConnectUrl", .string), .optional("oauth2MetadataUrl", .string, since: .v3_2),
            .optional("deprecated", .boolean, since: .v3_2),
        ]),
        .oauthFlows: Grammar([
            .optional("implicit", .object(.oauthFlow)), .optional("password", .object(.oauthFlow)),
            .optional("clientCredentials", .object(.oauthFlow)), .optional("authorizationCode", .object(.oauthFlow)),
            .optional("deviceAuthorization", .object(.oauthFlow), since: .v3_2),
        ]),
        .oauthFlow: Grammar([
            .optional("authorizationUrl", .string), .optional("deviceAuthorizationUrl", .string, since: .v3_2),
            .optional("tokenUrl", .string), .optional("refreshUrl", .string), .required("scopes", .map(.string)),
        ]),
        .securityRequirement: Grammar(
            [], pattern: Pattern(form: "name a security scheme", matches: { _ in true }, shape: .array(.string)),
            allowsExtensions: false),
        .discriminator: Grammar([
            .essential("propertyName", .string), .optional("mapping", .map(.string)),
            .optional("defaultMapping", .string, since: .v3_2),
        ]),
        .xml: Grammar([
            .optional("name", .string), .optional("namespace", .string), .optional("prefix", .string),
            .optional("attribute", .boolean), .optional("wrapped", .boolean),
            .optional("nodeType", .choice(["element", "attribute", "text", "cdata", "none"]), since: .v3_2),
        ]),
    ]
}
