public import LockstepJSON

extension APIService {
    /// What can be chosen about a service.
    public struct Configuration: Sendable {
        /// Where the document's paths begin: at the root, behind the paths of its servers, or behind another path.
        public var basePath: BasePath = .none
        /// Path prefixes served as if they were those of the document: `["/api/v1": "/api"]`.
        public var pathAliases: [String: String] = [:]
        /// The most bytes of a body, where the document sets no limit.
        public var maximumBodySize = 1 << 20
        /// The most bytes of one item, where a body is a sequence of them (`application/jsonl`, `text/event-stream`).
        public var maximumItemSize = 1 << 20
        /// Nesting and size of JSON bodies.
        public var jsonLimits: JSONLimits = .default
        /// Whether each response is checked against the document; for development and tests.
        public var validatesResponses = false
        /// Is asked, before and after security, whether a request may be answered.
        public var admission: (any Admission)?
        /// Is told of each checked response.
        public var recorder: (any ResponseRecorder)?

        /// The defaults.
        public init() {}
    }
}
