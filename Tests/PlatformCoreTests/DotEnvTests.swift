import PlatformCore
import Testing

@Suite struct DotEnvTests {
    @Test func readsAssignmentsQuotesAndComments() throws {
        let text = """
            # comment
            PLAIN=value
            export EXPORTED = spaced out
            HASH=a#b # comment
            SINGLE='as is \\n $X'   # comment
            DOUBLE="line\\nnext \\"quoted\\""
            EMPTY=
            PLAIN=last wins\r
            """
        let values = try DotEnv.parse(text)
        #expect(values["PLAIN"] == "last wins")
        #expect(values["EXPORTED"] == "spaced out")
        #expect(values["HASH"] == "a#b")
        #expect(values["SINGLE"] == "as is \\n $X")
        #expect(values["DOUBLE"] == "line\nnext \"quoted\"")
        #expect(values["EMPTY"] == "")
    }

    @Test(arguments: ["A=1\nno assignment", "A=1\n9X=2", "A=1\nB=\"open", "A=1\nB='x' y"])
    func namesTheLineThatIsNoAssignment(text: String) {
        #expect(throws: DotEnv.Fault.self) { try DotEnv.parse(text) }
        do { _ = try DotEnv.parse(text) } catch { #expect(error.line == 2) }
    }
}
