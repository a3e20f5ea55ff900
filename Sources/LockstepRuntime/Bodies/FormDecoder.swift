import LockstepJSON

/// Makes one JSON object of the fields of a form. Fields that the document does not name are strings, or lists of them
/// when they come several times; the schema decides whether they may be there.
enum FormDecoder {
    struct Result {
        let document: JSONDocument
        let issues: [ValidationIssue]
    }

    /// The object of an `application/x-www-form-urlencoded` body.
    static func decode(_ items: QueryItems, _ fields: [ParameterDefinition]) -> Result {
        let values = QueryValues(items: items, definitions: fields)
        var members: [JSONMember] = []
        var issues: [ValidationIssue] = []
        for field in fields {
            do throws(RawValueError) {
                guard let raw = try values.value(of: field) else { continue }
                members.append(
                    JSONMember(key: field.name, value: try ValueResolver.resolve(raw, field.type, .query)))
            } catch {
                issues.append(issue(field.name, error))
            }
        }
        if items.items.contains(where: { $0.name == nil }) { issues.append(issue(nil, .encoding)) }
        for (name, texts) in values.unclaimed() {
            do throws(RawValueError) {
                members.append(JSONMember(key: name, value: try strings(texts, .query)))
            } catch {
                issues.append(issue(name, error))
            }
        }
        return Result(document: JSONDocument(.object(members)), issues: issues)
    }

    /// Values of a field without definition.
    static func strings(_ values: [ArraySlice<UInt8>], _ coding: TextCoding) throws(RawValueError) -> JSONValue {
        try ValueResolver.resolve(.list(values), values.count == 1 ? .string : .array(.string), coding)
    }

    static func issue(_ name: String?, _ error: RawValueError) -> ValidationIssue {
        ValidationIssue(
            in: "body", pointer: name.map(ValidationIssue.pointer) ?? "", keyword: error.keyword,
            message: error.message)
    }
}
