import LockstepDocument

/// One operation as the output shows it.
struct OperationPlan: Sendable {
    var operation: Operation
    /// The namespace: `CreatePayment`.
    var typeName: String
    /// The requirement of the protocol: `createPayment`.
    var functionName: String
    /// The protocol that requires it: `PaymentsAPI`.
    var apiName = ""
    /// The parameters as properties of the input; the slot is the index of the parameter.
    var parameters: [Field]
    var body: BodyPlan?
    var outcomes: [Outcome]
    /// Types named from their place in the operation.
    var nested: [Declaration]
    var principal: PrincipalUse
    /// The URLs of its callbacks and the paths of its links.
    var expressions: [ExpressionPlan] = []

    /// How the handler learns who is calling.
    enum PrincipalUse: Sendable {
        /// The operation has no security.
        case none
        /// Credentials are understood but not needed.
        case optional
        /// There always is one.
        case required
    }

    /// The outcomes that a handler can give.
    var handled: [Outcome] { outcomes.filter { !$0.isGivenByRuntime } }

    /// `POST /api/payments`
    var signature: String { "\(operation.method) \(operation.path.description)" }
}

/// The body of a request, as a property of the input.
struct BodyPlan: Sendable {
    /// The property's name.
    var name: String
    var isRequired: Bool
    var documentation: String?
    var contents: [BodyContent]
    /// The enumeration of the media types, where their types differ: its full name.
    var enumeration: String?
    /// What it is declared as, in the operation.
    var enumerationName: String? { enumeration?.split(separator: ".").last.map(String.init) }
    /// Stored behind a reference, because the type is wide.
    var isBoxed = false

    /// The type of the property without what being optional adds.
    var type: String { enumeration ?? contents.first?.decoding.source ?? "JSONValue" }

    /// What stores the property behind a reference, with a space.
    var wrapper: String { isBoxed ? isRequired ? "@Boxed " : "@BoxedOptional " : "" }
}

/// One media type of a request's body.
struct BodyContent: Sendable {
    var mediaType: String
    /// The case that stands for it, where there are several.
    var caseName: String
    var decoding: Decoding
    /// The validator entry of what is decoded.
    var entry: String?
    var content: MediaContent
    /// Stored behind a reference, because the type is wide.
    var isIndirect = false

    /// How the content becomes a value.
    enum Decoding: Sendable, Equatable {
        /// JSON or a form, through the validator.
        case value(SwiftType)
        /// A form with files: a structure of the operation.
        case multipart(FormPlan)
        /// Text as it is.
        case text
        /// Bytes as they are, whole or arriving.
        case raw
        /// Bytes as they are, whole: of messages.
        case bytes
        /// One item after the other, each through the validator.
        case items(ItemPlan)

        /// The Swift type.
        var source: String {
            switch self {
            case .items(let items): items.source
            case .value(let type): type.source
            case .multipart(let form): form.path
            case .text: "String"
            case .raw: "RequestBody"
            case .bytes: "[UInt8]"
            }
        }

        static func == (left: Decoding, right: Decoding) -> Bool {
            switch (left, right) {
            case (.value(let one), .value(let other)): one == other
            case (.text, .text), (.raw, .raw), (.bytes, .bytes): true
            case (.items(let one), .items(let other)): one.source == other.source
            default: false
            }
        }
    }
}

/// The structure that holds a form with files.
struct FormPlan: Sendable {
    var name: String
    var path: String
    var origin: String
    var fields: [FormField]
    /// Types named from their place in the form.
    var nested: [Declaration]
    /// The validator entries of the headers of files that are read as they arrive, by field.
    var fileHeaderEntries: [String: String] = [:]
}

/// One field of a form that may hold files.
struct FormField: Sendable {
    var field: Field
    var file: FileUse
    /// The structure of a part with its headers, where the document describes them.
    var part: PartPlan?

    /// Whether the field holds files.
    enum FileUse: Sendable {
        case none
        case one
        case many
        /// All files of the form, as they arrive.
        case arriving
    }
}

/// The structure that holds a part of a form with its headers.
struct PartPlan: Sendable {
    var name: String
    var path: String
    /// The content of the part; of a list, of one of the parts.
    var value: Field
    /// The headers as properties; the slot is the index of the header.
    var headers: [Field]
    /// Whether each element of a list is a part.
    var isList: Bool
    /// The validator entry of the headers.
    var entry: String
    /// Types named from their place in the part.
    var nested: [Declaration]
}

/// One case of an operation's output: a status with one media type.
struct Outcome: Sendable {
    var name: String
    var response: Response
    /// The content; nothing where the response has none.
    var content: OutcomeContent?
    var headers: [OutcomeHeader]
    /// The runtime gives this one: problem details beside another media type, for clients that prefer them.
    var isGivenByRuntime = false
    /// Stored behind a reference, because the values are wide.
    var isIndirect = false
}

/// The content of a response.
struct OutcomeContent: Sendable {
    var mediaType: String
    var encoding: Encoding
    /// What the response says, where that is narrower than the document's range.
    var writtenAs: String?
    /// The validator entry of a JSON content.
    var entry: String?

    /// How a value becomes the content.
    enum Encoding: Sendable {
        case value(SwiftType)
        case text
        case raw
        /// Bytes as they are, whole: of messages.
        case bytes
        case items(ItemPlan)
    }

    /// The Swift type.
    var source: String {
        switch encoding {
        case .value(let type): type.source
        case .text: "String"
        case .raw: "Response.Body"
        case .bytes: "[UInt8]"
        case .items(let items): items.source
        }
    }

    /// Whether the handler says which media type it gives: the document has a range.
    var isRange: Bool { writtenAs == nil && mediaType.contains("*") }
}

/// A header of a response, as a labelled value of its case.
struct OutcomeHeader: Sendable {
    var label: String
    var header: Header
    var type: SwiftType
    /// The slot that the validator records the value in.
    var slot: Int
}
