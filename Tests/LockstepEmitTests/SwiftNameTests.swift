import Testing

@testable import LockstepEmit

@Suite("Swift names")
struct SwiftNameTests {
    @Test(
        "members are named as a person would",
        arguments: [
            ("user_name", "userName"), ("user-id", "userId"), ("userID", "userID"), ("ADMIN", "admin"),
            ("API_KEY", "apiKey"), ("URLPath", "urlPath"), ("ID", "id"), ("If-Match", "ifMatch"), ("1st", "value1st"),
            ("", "value"), ("@type", "type"), ("-created", "minusCreated"), ("X-Request-Id", "xRequestId"),
            ("grüße", "grüße"), ("a.b/c", "aBC"), ("self", "selfValue"),
            ("raw_value", "rawValueValue"),
        ])
    func members(raw: String, name: String) {
        #expect(SwiftName.member(raw) == name)
    }

    @Test(
        "types are named as a person would",
        arguments: [
            ("payment_request", "PaymentRequest"), ("createPayment", "CreatePayment"), ("Error", "ErrorModel"),
            ("URL", "URLModel"), ("3d-point", "Value3dPoint"), ("HTTPHeader", "HTTPHeader"),
            ("日本", "日本Model"), ("élan", "Élan"),
        ])
    func types(raw: String, name: String) {
        #expect(SwiftName.type(raw) == name)
    }

    @Test(
        "items of a list are named in the singular",
        arguments: [
            ("payments", "payment"), ("categories", "category"), ("boxes", "box"), ("data", "dataElement"),
            ("status", "statusElement"), ("classes", "class"),
        ])
    func singular(plural: String, name: String) {
        #expect(SwiftName.singular(plural) == name)
    }
}
