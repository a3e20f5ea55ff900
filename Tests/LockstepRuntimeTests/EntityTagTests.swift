import LockstepRuntime
import Testing

@Suite struct EntityTagTests {
    @Test func comparesWeaklyAndStrongly() {
        let current = EntityTag(version: 3)
        #expect(current.description == "\"v3\"")
        #expect(EntityTagCondition("\"v3\"").matches(current))
        #expect(EntityTagCondition("\"v2\", W/\"v3\"").matchesWeakly(current))
        #expect(!EntityTagCondition("W/\"v3\"").matches(current))
        #expect(!EntityTagCondition("\"v2\"").matchesWeakly(current))
        #expect(EntityTagCondition("*").matches(current))
        #expect(!EntityTagCondition("*").matches(nil))
        #expect(EntityTagCondition("v3").tags.isEmpty)
        #expect(EntityTagCondition("\"a,b\"").tags.map(\.opaque) == ["a,b"])
    }

    @Test func hashesContent() {
        let first = EntityTag(hashing: Array("a".utf8))
        #expect(first == EntityTag(hashing: Array("a".utf8)))
        #expect(first != EntityTag(hashing: Array("b".utf8)))
        #expect(EntityTag(hashing: []) != first)
    }

    @Test func leavesOutWhatATagCannotHold() {
        #expect(EntityTag("a\"\r\n b").description == "\"ab\"")
    }
}
