import LockstepRuntime

extension ServiceFixture {
    /// The schemas behind the table's entries.
    static let schemas: [String: JSONValue] = [
        "anything": [:],
        "getPayment.parameters": [
            "type": "object", "properties": ["path.id": ["type": "string", "format": "uuid"]], "required": ["path.id"],
        ],
        "listPayments.parameters": [
            "type": "object",
            "properties": [
                "query.limit": ["type": "integer", "minimum": 1, "maximum": 100],
                "query.status": ["type": "array", "items": ["type": "string", "enum": ["PAID", "OPEN"]]],
                "header.X-Trace": ["type": "string", "maxLength": 4],
                "cookie.theme": ["type": "string"],
                "query.filter": [
                    "type": "object", "properties": ["min": ["type": "number"]], "additionalProperties": false,
                ],
                "query.where": ["type": "object", "required": ["a"]],
            ],
        ],
        "createPayment.parameters": [
            "type": "object",
            "properties": ["header.Idempotency-Key": ["type": "string", "minLength": 4]],
            "required": ["header.Idempotency-Key"],
        ],
        "payment": [
            "type": "object", "required": ["amount"], "additionalProperties": false,
            "properties": [
                "amount": ["type": "number", "exclusiveMinimum": 0], "note": ["type": "string", "maxLength": 5],
                "tags": ["type": "array", "items": ["type": "string"]],
            ],
        ],
        "photo": [
            "type": "object", "required": ["photo", "count"],
            "properties": ["count": ["type": "integer"], "meta": ["type": "object"]],
        ],
        "choice.parameters": [
            "type": "object",
            "properties": [
                "query.one": ["enum": .array((0..<500).map { .string("value\($0)") })],
                "query.two": ["type": "string"],
            ],
        ],
        "code.parameters": [
            "type": "object", "properties": ["path.n": ["type": "integer"]], "required": ["path.n"],
        ],
        "mode.parameters": [
            "type": "object", "properties": ["query.mode": ["type": "string"]], "required": ["query.mode"],
        ],
        "strict.parameters": ["type": "object", "properties": ["query.x": ["type": "string"]]],
        "word": ["type": "string", "maxLength": 4, "pattern": "^[a-zü]*$"],
        "named": ["type": "object", "required": ["name"], "properties": ["name": ["type": "string"]]],
        "drift.headers": [
            "type": "object", "properties": ["header.X-Rate": ["type": "integer"]], "required": ["header.X-Rate"],
        ],
    ]

    static let tableText = #"""
        {"format":1,
        "schemes":{"bearerAuth":{"type":"http","scheme":"Bearer"},"oauth":{"type":"oauth2"},
         "key":{"type":"apiKey","in":"header","name":"X-Key"},
         "queryKey":{"type":"apiKey","in":"query","name":"key"},"basicAuth":{"type":"http","scheme":"basic"}},
        "operations":[
        {"id":"health","method":"GET","path":"/health","responses":[{"status":"200","content":[{"type":"application/json","entry":"anything"}]}]},
        {"id":"getPayment","method":"GET","path":"/payments/{id}","parametersEntry":"getPayment.parameters","parameters":[{"name":"id","in":"path","required":true,"type":"string"}],"security":[[{"scheme":"bearerAuth"}]],"responses":[{"status":"200","content":[{"type":"application/json","entry":"anything"}],"headers":[{"name":"ETag","required":true}]},{"status":"304"},{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"reports","method":"GET","path":"/payments/reports","responses":[{"status":"2XX","content":[{"type":"application/json"}]}]},
        {"id":"listPayments","method":"GET","path":"/payments","parametersEntry":"listPayments.parameters","parameters":[{"name":"limit","in":"query","type":"number"},{"name":"status","in":"query","type":{"array":"string"}},{"name":"X-Trace","in":"header"},{"name":"theme","in":"cookie"},{"name":"filter","in":"query","style":"deepObject","explode":true,"type":{"object":{"min":"number"},"additional":"string"}},{"name":"where","in":"query","type":"json"}],"responses":[{"status":"200","content":[{"type":"application/json"}]},{"status":"4XX","content":[{"type":"application/json"}]}]},
        {"id":"createPayment","method":"POST","path":"/payments","parametersEntry":"createPayment.parameters","parameters":[{"name":"Idempotency-Key","in":"header","required":true}],"body":{"required":true,"limit":64,"content":[{"type":"application/json","entry":"payment"},{"type":"application/x-www-form-urlencoded","entry":"payment","fields":[{"name":"amount","type":"number"},{"name":"note"},{"name":"tags","type":{"array":"string"}}]}]},"responses":[{"status":"201","content":[{"type":"application/json","entry":"payment"}],"headers":[{"name":"Location","required":true}]},{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"remove","method":"DELETE","path":"/payments/{id}","parametersEntry":"getPayment.parameters","parameters":[{"name":"id","in":"path","required":true}],"responses":[{"status":"204"}]},
        {"id":"admin","method":"GET","path":"/admin","security":[[{"scheme":"bearerAuth","needs":["ADMIN"]}]],"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"either","method":"GET","path":"/either","security":[[{"scheme":"bearerAuth","needs":["ADMIN"]}],[{"scheme":"bearerAuth","needs":["VENDOR"]}],[{"scheme":"key"}]],"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"both","method":"GET","path":"/both","security":[[{"scheme":"bearerAuth"},{"scheme":"key"}]],"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"optional","method":"GET","path":"/optional","security":[[{"scheme":"bearerAuth"}],[]],"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"scoped","method":"GET","path":"/scoped","security":[[{"scheme":"oauth","needs":["read","write"]}]],"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"basic","method":"GET","path":"/basic","security":[[{"scheme":"basicAuth"}]],"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"queryKey","method":"GET","path":"/query-key","strictQuery":true,"security":[[{"scheme":"queryKey"}]],"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"upload","method":"POST","path":"/upload","body":{"required":true,"content":[{"type":"multipart/form-data","entry":"photo","fields":[{"name":"photo","type":"file"},{"name":"count","type":"number"},{"name":"meta","type":"json"}]}]},"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"note","method":"PUT","path":"/note","body":{"content":[{"type":"text/*"}]},"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"raw","method":"PATCH","path":"/raw","body":{"required":true,"streaming":true,"limit":8,"content":[{"type":"application/octet-stream"}]},"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"given","method":"PUT","path":"/given","body":{"required":true,"content":[{"type":"application/json","entry":"anything"},{"type":"application/x-www-form-urlencoded","entry":"anything"},{"type":"text/plain","entry":"word"},{"type":"application/octet-stream"},{"type":"multipart/form-data","entry":"anything"}]},"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"any","method":"PUT","path":"/any","body":{"content":[{"type":"text/plain"},{"type":"image/*"},{"type":"*/*"}]},"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"ranges","method":"PUT","path":"/ranges","body":{"content":[{"type":"application/*"},{"type":"application/*+json","entry":"payment"},{"type":"application/vnd.a+json","entry":"anything"}]},"responses":[{"status":"200","content":[{"type":"*/*"}]}]},
        {"id":"choice","method":"GET","path":"/choice","parametersEntry":"choice.parameters","parameters":[{"name":"one","in":"query"},{"name":"two","in":"query"}],"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"strict","method":"GET","path":"/strict","parametersEntry":"strict.parameters","parameters":[{"name":"x","in":"query"}],"extensions":{"x-strict-query":true,"x-other":[1]},"responses":[{"status":"default","content":[{"type":"application/json"}]}]},
        {"id":"code","method":"GET","path":"/codes/{n}","parametersEntry":"code.parameters","parameters":[{"name":"n","in":"path","required":true,"type":"number"}],"responses":[{"status":"200","content":[{"type":"application/json"}]},{"status":"400","content":[{"type":"application/json"}]}]},
        {"id":"report","method":"GET","path":"/report","responses":[{"status":"200","content":[{"type":"application/json"},{"type":"text/csv"}]},{"status":"406","content":[{"type":"application/json"}]}]},
        {"id":"drift","method":"GET","path":"/drift","parametersEntry":"mode.parameters","parameters":[{"name":"mode","in":"query","required":true}],"responses":[{"status":"200","content":[{"type":"application/json","entry":"named"}],"headers":[{"name":"X-Rate","required":true,"type":"number"}],"headersEntry":"drift.headers"}]},
        {"id":"fail","method":"GET","path":"/fail","parametersEntry":"mode.parameters","parameters":[{"name":"mode","in":"query","required":true}],"responses":[{"status":"default","content":[{"type":"application/json"}]}]}
        ]}
        """#
}
