import Testing

@testable import LockstepPostgres

struct SQLTests {
    @Test func everyInterpolatedValueBecomesAParameter() {
        let hostile = "x'; drop table users; --"
        let sql: SQL = "select * from users where name = \(hostile) and age > \(Int32(30))"
        #expect(sql.text == "select * from users where name = $1 and age > $2")
        #expect(sql.parameterCount == 2)
        #expect(!sql.text.contains("drop"))
    }

    @Test func piecesAreNumberedOnWhenTheyAreJoined() {
        let a: SQL = "a = \(1) and b = \(2)"
        var sql: SQL = "select \(0) where \(a) or c = \(3)"
        #expect(sql.text == "select $1 where $2 = $3".replacing("$2 = $3", with: "a = $2 and b = $3 or c = $4"))
        sql.append(" limit \(10)")
        #expect(sql.text == "select $1 where a = $2 and b = $3 or c = $4 limit $5")
        #expect((a + a + a + a + a).text.hasSuffix("a = $9 and b = $10"))
        let many = a + a + a + a + a
        #expect((SQL("x = \(0), ") + many + many).text.hasSuffix("a = $20 and b = $21"))
    }

    @Test func nilIsABoundNull() {
        let nothing: String? = nil
        let sql: SQL = "select \(nothing), \(Optional(3))"
        #expect(sql.text == "select $1, $2")
        #expect(sql.parameters.entries.map(\.length) == [-1, 8])
    }

    @Test(arguments: ["a b", "a\"", "1a", "", "a;b", "é", String(repeating: "a", count: 64), "a-b"])
    func namesThatAreNotPlainIdentifiersAreRefused(_ name: String) {
        #expect(SQLIdentifier(name) == nil)
    }

    @Test func identifiersAreQuoted() throws {
        let table = try #require(SQLIdentifier("User_1"))
        let sql: SQL = "select * from \(table)"
        #expect(sql.text == "select * from \"User_1\"")
    }

    @Test func theDescriptionHoldsNoValues() {
        let sql: SQL = "select \("secret-value")"
        #expect(!"\(sql)".contains("secret-value"))
    }

    @Test func statementsAreTheSameWhenTextAndTypesAre() {
        let one: SQL = "select \(1)"
        let other: SQL = "select \(2)"
        let typed: SQL = "select \(Int32(2))"
        #expect(StatementKey(one) == StatementKey(other))
        #expect(StatementKey(one).hashValue == StatementKey(other).hashValue)
        #expect(StatementKey(one) != StatementKey(typed))
    }
}
