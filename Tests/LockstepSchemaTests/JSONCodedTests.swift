import LockstepJSON
import LockstepSchema
import Testing

@Suite struct JSONCodedTests {
    @Test func `an optional field is left out when nil, a nullable one is null`() throws {
        var json = JSONWriter()
        json.beginObject()
        json.field("a", Int?.none)
        json.field("b", Int?.some(1))
        json.nullableField("c", String?.none)
        json.field("d", Presence<Bool>.null)
        json.field("e", Presence<Bool>.absent)
        json.field("f", [Int?.none, 2])
        json.endObject()
        #expect(String(decoding: try json.finish(), as: UTF8.self) == #"{"b":1,"c":null,"d":null,"f":[null,2]}"#)
    }
}
