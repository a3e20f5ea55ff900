import LockstepDocument
import LockstepEmit
import Testing

@Suite("lockstep.yaml")
struct ConfigurationTests {
    @Test("its lines are read")
    func lines() {
        let text = """
            ---
            # What to generate from.
            document: 'api/openapi.yaml'  # the entry
            shards: 16
            inputs: ../a.yaml, "../b.yaml"
            receive: /hooks/v1
            verbose: true
            """
        let (configuration, diagnostics) = Configuration.parse(text)
        #expect(diagnostics.isEmpty)
        #expect(
            configuration
                == Configuration(
                    document: "api/openapi.yaml", shards: 16, inputs: ["../a.yaml", "../b.yaml"],
                    receiving: "/hooks/v1",
                    isVerbose: true))
    }

    @Test("all that is wrong is reported, with its place")
    func faults() {
        let (_, diagnostics) = Configuration.parse(
            "document: a.yaml\nshard: 3\n  shards: 0\nwhat is this\nverbose: 1\nreceive: hooks\nreceive: /a//b\n")
        #expect(
            diagnostics.map { "\($0.origin?.line ?? 0):\($0.origin?.column ?? 0) \($0.message)" } == [
                "2:1 there is no setting 'shard'", "3:3 'shards' must be a number from 1 to 99",
                "4:1 this line is no 'key: value'", "5:1 'verbose' must be true or false",
                "6:1 'receive' must be a path like '/hooks'", "7:1 'receive' must be a path like '/hooks'",
            ])
    }
}
