/// A base address of the API.
public struct Server: Sendable {
    /// The address; `{name}` stands for a variable.
    public var url: String
    /// A short name (OpenAPI 3.2).
    public var name: String?
    /// CommonMark.
    public var description: String?
    /// What the address's variables may be, in document order.
    public var variables: [Variable]

    /// Makes a server.
    public init(url: String, name: String? = nil, description: String? = nil, variables: [Variable] = []) {
        self.url = url
        self.name = name
        self.description = description
        self.variables = variables
    }

    /// A variable of the address.
    public struct Variable: Sendable {
        /// The name between the braces.
        public var name: String
        /// The value where the user gives none.
        public var defaultValue: String
        /// The values allowed; empty where any is.
        public var values: [String]
        /// CommonMark.
        public var description: String?

        /// Makes a variable.
        public init(name: String, defaultValue: String, values: [String] = [], description: String? = nil) {
            self.name = name
            self.defaultValue = defaultValue
            self.values = values
            self.description = description
        }
    }
}
