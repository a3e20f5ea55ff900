import LockstepRuntime
import Testing

@Suite struct HTTPFieldsTests {
    @Test func looksUpWithoutRegardToCase() {
        let fields: HTTPFields = ["Content-Type": "text/plain", "X-A": "1", "x-a": "2"]
        #expect(fields["content-TYPE"] == "text/plain")
        #expect(fields.values("X-a") == ["1", "2"])
        #expect(fields.count(of: "x-A") == 2)
        #expect(fields.combined("x-a") == "1, 2")
        #expect(fields["X-B"] == nil)
        #expect(fields[""] == nil)
        #expect(!fields.contains("X-"))
    }

    @Test(arguments: [
        ("a\r\nSet-Cookie: b", "a  Set-Cookie: b"), ("a\nb", "a b"), ("a\0b", "a b"), ("a\u{7F}b", "a b"),
        ("tab\tstays", "tab\tstays"), ("grüß", "grüß"),
    ])
    func oneCallWritesOneField(_ value: String, _ written: String) {
        var fields = HTTPFields()
        let isAppended = fields.append("Location", value)
        #expect(isAppended)
        #expect(fields.count == 1)
        #expect(fields["Location"] == written)
        var wire: [UInt8] = []
        fields.appendWireFormat(to: &wire)
        #expect(String(decoding: wire, as: UTF8.self) == "Location: \(written)\r\n")
    }

    @Test(arguments: ["", "a b", "a:", "a\r\nb", "ä", "a\0"])
    func refusesNamesThatAreNoTokens(_ name: String) {
        var fields = HTTPFields()
        let isAppended = fields.append(name, "v")
        #expect(!isAppended)
        #expect(fields.isEmpty)
    }

    @Test func setAndRemoveKeepTheOrderOfTheOthers() {
        var fields: HTTPFields = ["A": "1", "B": "2", "a": "3", "C": "4"]
        let removals = [fields.remove("A"), fields.remove("A")]
        #expect(removals == [true, false])
        fields.set("b", "5")
        #expect(fields.map(\.name) == ["C", "b"])
        #expect(fields.map(\.value) == ["4", "5"])
        #expect(fields == ["c": "4", "B": "5"])
    }

    @Test func readsFieldsOverReceivedBytes() {
        let head = Array("GET / HTTP/1.1\r\nHost:  example \r\nAccept: a,b\r\n\r\n".utf8)
        var fields = HTTPFields(adopting: head)
        fields.appendParsed(name: 16..<20, value: 23..<30)
        fields.appendParsed(name: 33..<39, value: 41..<44)
        #expect(fields["host"] == "example")
        #expect(fields.list("Accept") == ["a", "b"])
        var wire: [UInt8] = []
        fields.appendWireFormat(to: &wire)
        #expect(String(decoding: wire, as: UTF8.self) == "Host: example\r\nAccept: a,b\r\n")
        fields.append("X-Added", "1")
        #expect(fields.map(\.name) == ["Host", "Accept", "X-Added"])
        #expect(fields["X-Added"] == "1")
    }

    @Test func readsListsOverSeveralLines() {
        let fields: HTTPFields = ["L": "a, \"b, c\" ,,", "l": " d", "M": "\"\\\",\", e"]
        #expect(fields.list("L") == ["a", "\"b, c\"", "d"])
        #expect(fields.list("M") == ["\"\\\",\"", "e"])
        #expect(fields.list("L", contains: "D"))
        #expect(!fields.list("L", contains: "b"))
    }
}
