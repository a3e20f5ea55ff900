import LockstepJSON
import LockstepSchema
import Testing

@Suite struct PatternAutomatonTests {
    @Test(arguments: [
        ("^[a-z]{1,64}$", 1, 64), ("^[a-z]{1,65}$", 1, 65), ("^[a-z]{0,99}$", 0, 99), ("^[a-z]{1,128}$", 1, 128),
        ("^[a-z]{100}$", 100, 100), ("^[a-z]{65,255}$", 65, 255), ("^(?:[a-z]|b){2,640}$", 2, 640),
        ("^[a-z]{3,1000}$", 3, 1_000), ("^[a-z]{7,12345}$", 7, 12_345), ("^[a-z]{99,}$", 99, 20_000),
    ])
    func `a bound is kept, however large`(_ pattern: String, _ least: Int, _ most: Int) throws {
        let entry = try SchemaCompiler.validator(for: ["pattern": .string(pattern)])
        func matches(_ count: Int) -> Bool {
            entry.validate(JSONDocument(.string(String(repeating: "x", count: count)))).isValid
        }
        #expect(matches(least) && matches(most) && matches((least + most) / 2))
        #expect(least == 0 || !matches(least - 1))
        #expect(!matches(most + 1) || pattern.contains(",}"))
    }
}
