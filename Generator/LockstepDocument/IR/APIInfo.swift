public import LockstepJSON

/// The `info` object.
public struct APIInfo: Sendable {
    /// The name of the API.
    public var title: String
    /// The version of the document, not of OpenAPI.
    public var version: String
    /// One line.
    public var summary: String?
    /// CommonMark.
    public var description: String?
    /// Where the terms of service stand.
    public var termsOfService: String?
    /// Whom to ask.
    public var contact: Contact?
    /// Under which terms the API may be used.
    public var license: License?
    /// `x-` members.
    public var extensions: [String: JSONValue]

    /// Makes an info.
    public init(
        title: String, version: String, summary: String? = nil, description: String? = nil,
        termsOfService: String? = nil, contact: Contact? = nil, license: License? = nil,
        extensions: [String: JSONValue] = [:]
    ) {
        self.title = title
        self.version = version
        self.summary = summary
        self.description = description
        self.termsOfService = termsOfService
        self.contact = contact
        self.license = license
        self.extensions = extensions
    }

    /// The `contact` object.
    public struct Contact: Sendable {
        /// A person or an organisation.
        public var name: String?
        /// A page.
        public var url: String?
        /// A mail address.
        public var email: String?

        /// Makes a contact.
        public init(name: String? = nil, url: String? = nil, email: String? = nil) {
            self.name = name
            self.url = url
            self.email = email
        }
    }

    /// The `license` object.
    public struct License: Sendable {
        /// The name of the licence.
        public var name: String
        /// Its SPDX expression.
        public var identifier: String?
        /// Its text's address.
        public var url: String?

        /// Makes a licence.
        public init(name: String, identifier: String? = nil, url: String? = nil) {
            self.name = name
            self.identifier = identifier
            self.url = url
        }
    }
}
