/// The objects of the OpenAPI specification.
enum ObjectKind: String {
    case openAPI = "OpenAPI Object"
    case info = "Info Object"
    case contact = "Contact Object"
    case license = "License Object"
    case server = "Server Object"
    case serverVariable = "Server Variable Object"
    case components = "Components Object"
    case paths = "Paths Object"
    case pathItem = "Path Item Object"
    case operation = "Operation Object"
    case externalDocumentation = "External Documentation Object"
    case parameter = "Parameter Object"
    case requestBody = "Request Body Object"
    case mediaType = "Media Type Object"
    case encoding = "Encoding Object"
    case responses = "Responses Object"
    case response = "Response Object"
    case callback = "Callback Object"
    case example = "Example Object"
    case link = "Link Object"
    case header = "Header Object"
    case tag = "Tag Object"
    case schema = "Schema Object"
    case discriminator = "Discriminator Object"
    case xml = "XML Object"
    case securityScheme = "Security Scheme Object"
    case oauthFlows = "OAuth Flows Object"
    case oauthFlow = "OAuth Flow Object"
    case securityRequirement = "Security Requirement Object"

    /// The member of `components` where such objects have names.
    var componentSection: String? {
        switch self {
        case .schema: "schemas"
        case .response: "responses"
        case .parameter: "parameters"
        case .example: "examples"
        case .requestBody: "requestBodies"
        case .header: "headers"
        case .securityScheme: "securitySchemes"
        case .link: "links"
        case .callback: "callbacks"
        case .pathItem: "pathItems"
        case .mediaType: "mediaTypes"
        default: nil
        }
    }
}
