import LockstepJSON
import LockstepSchema

/// What the document says of the parts of a field beside their content: the `encoding` of a multipart form.
struct PartDefinition: Sendable {
    /// The media types that a part may name; any where there are none.
    let contentTypes: [MediaType]
    /// The header fields of a part.
    let headers: [ParameterDefinition]
    /// What checks the header fields.
    let headerValidator: ValidatorEntry?

    /// The header fields of a part, as the validator recorded them; what is wrong with the part goes to `issues`.
    func check(_ part: MultipartPart, at pointer: String, _ issues: inout [ValidationIssue]) -> ValidJSON {
        if !contentTypes.isEmpty, let type = part.contentType, !contentTypes.contains(where: { $0.includes(type) }) {
            let names = contentTypes.map(\.description).joined(separator: ", ")
            issues.append(
                ValidationIssue(
                    in: "body", pointer: pointer, keyword: "contentType", message: "must be of type \(names)",
                    expected: names))
        }
        guard headerValidator != nil else { return .absent }
        var reader = HeaderReader(headers, headerValidator)
        let json = reader.read(part.headers)
        for fault in reader.faults {
            issues.append(
                ValidationIssue(
                    in: "body", pointer: pointer, keyword: fault.keyword,
                    message: "header \(fault.place) \(fault.message)",
                    expected: fault.expected))
        }
        return json ?? .absent
    }
}

/// A part of a form with the header fields that the document describes. What generated code makes its parts of.
public struct ValidPart: Sendable {
    /// The content of a file.
    public let file: FilePart
    /// The content of anything else.
    public let value: ValidJSON
    /// The header fields, in the order of the document.
    public let headers: ValidJSON
}

extension ValidRequest {
    /// The part of a field. Required fields are there.
    ///
    /// - Parameter slot: which property of the form it is.
    public func part(_ name: String, _ slot: Int) -> ValidPart {
        ValidPart(file: file(name), value: body[slot], headers: headers(ofPart: name, 0))
    }

    /// The part of a field, if it was sent.
    public func optionalPart(_ name: String, _ slot: Int) -> ValidPart? {
        body[slot].isPresent ? part(name, slot) : nil
    }

    /// All parts of a field, in order.
    public func parts(_ name: String, _ slot: Int) -> [ValidPart] {
        let files = files(name)
        guard body[slot].isPresent else { return [] }
        return body[slot].elements.enumerated().map { index, value in
            let file =
                index < files.count ? files[index] : FilePart(name: name, filename: nil, contentType: nil, bytes: [])
            return ValidPart(file: file, value: value, headers: headers(ofPart: name, index))
        }
    }

    private func headers(ofPart name: String, _ index: Int) -> ValidJSON {
        guard let all = content.partHeaders[name], index < all.count else {
            preconditionFailure("operation \(route.operationID) describes no headers of the part '\(name)'")
        }
        return all[index]
    }
}
