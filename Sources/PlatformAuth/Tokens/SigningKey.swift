public import PlatformCore

/// The key that signs access tokens with ES256, and its public form.
public struct SigningKey: Sendable {
    let key: P256Key
    /// RFC 7638 thumbprint: names the key in tokens and in the key set.
    public let id: String
    /// The public point, base64url.
    public let point: (x: String, y: String)

    /// Why a key could not be had.
    public enum Failure: Error, Sendable, CustomStringConvertible {
        /// Not a PEM of a P-256 private key.
        case notAKey
        /// Others than the owner may read the file.
        case tooOpen
        /// The file cannot be read or made.
        case file(LocalFile.Fault)

        public var description: String {
            switch self {
            case .notAKey: "is not a P-256 private key in PEM"
            case .tooOpen: "can be read by others (its mode must be 0600)"
            case .file(let fault): "cannot be used: \(fault)"
            }
        }
    }

    private init(_ key: P256Key) {
        self.key = key
        point = (Base64URL.encode(key.point.x), Base64URL.encode(key.point.y))
        // The members in lexicographic order, without white space (RFC 7638 §3.2).
        let canonical = #"{"crv":"P-256","kty":"EC","x":"\#(point.x)","y":"\#(point.y)"}"#
        id = Base64URL.encode(Digest.sha256(Array(canonical.utf8)))
    }

    /// A new key.
    public static func generate() throws(Failure) -> SigningKey {
        guard let key = P256Key.generate() else { throw .notAKey }
        return SigningKey(key)
    }

    /// The key of a PEM text.
    public init(pem: [UInt8]) throws(Failure) {
        guard let key = P256Key(pem: pem) else { throw .notAKey }
        self.init(key)
    }

    /// The key in the file `path`. Where `mayCreate`, a missing one is made, readable by its owner only.
    public static func load(_ path: String, mayCreate: Bool) throws -> SigningKey {
        do {
            if mayCreate { try createIfMissing(path) }
            let permissions = try LocalFile.permissions(path)
            let pem = try LocalFile.read(path)
            guard permissions & 0o077 == 0 else { throw Failure.tooOpen }
            return try SigningKey(pem: pem)
        } catch let fault as LocalFile.Fault {
            throw Failure.file(fault)
        }
    }

    private static func createIfMissing(_ path: String) throws {
        do {
            _ = try LocalFile.permissions(path)
        } catch  where error.isMissing {
            guard let pem = P256Key.generate()?.pem() else { throw Failure.notAKey }
            do {
                try LocalFile.createPrivate(path, pem)
            } catch  where error.exists {
                // Another process made it first; that one is read.
            }
        }
    }
}
