/// A file of a multipart form while it arrives, for operations that take forms as streams.
public struct ArrivingFile: Sendable {
    /// The field's name.
    public let name: String
    /// The name that the client gave the file. Never a path to write to.
    public let filename: String?
    /// The media type that the client claims.
    public let contentType: MediaType?
    /// The part's other header fields; those that the document describes are as it says.
    public let headers: HTTPFields
    /// The content, to be read before the next file is asked for.
    public let content: RequestBody

    /// A file of these parts.
    public init(
        name: String, filename: String? = nil, contentType: MediaType? = nil, headers: HTTPFields = HTTPFields(),
        content: RequestBody
    ) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
        self.headers = headers
        self.content = content
    }
}

/// The files of a multipart form, one after the other, while they arrive.
///
/// ```swift
/// for try await file in input.body.files {
///     guard case .stream(let content) = file.content else { continue }
///     while let piece = try await content.next() { … }
/// }
/// ```
///
/// Nothing is held of a file but the piece that is being read. What is not read of one is passed over when the next is
/// asked for; a file whose turn is over cannot be read any more. A file that the document does not allow throws a 400,
/// and so does a form that ends without a file that is required. A request's files come once.
public struct FileSequence: AsyncSequence, Sendable {
    private enum Source {
        case form(FormStream)
        case files([ArrivingFile])
    }

    private let source: Source

    /// Files that are there already, for tests.
    public init(_ files: [ArrivingFile]) {
        source = .files(files)
    }

    init(_ form: FormStream) {
        source = .form(form)
    }

    /// Starts at the first file.
    public func makeAsyncIterator() -> AsyncIterator {
        switch source {
        case .form(let form): AsyncIterator(form: form, files: [])
        case .files(let files): AsyncIterator(form: nil, files: files[...])
        }
    }

    /// Gives the files one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let form: FormStream?
        var files: ArraySlice<ArrivingFile>

        /// The next file, or `nil` at the end of the form.
        public mutating func next() async throws -> ArrivingFile? {
            if let form { try await form.nextFile() } else { files.popFirst() }
        }
    }
}
