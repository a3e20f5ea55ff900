internal import LockstepRuntime
internal import PlatformAuth
internal import PlatformCore

/// The keys and secrets of an instance, loaded at start-up. Development makes those that are not configured, once, in
/// private files beside the signing key.
struct PlatformSecrets: Sendable {
    let signature: AccessTokens.Signature
    let refresh: Secret
    let pepper: Secret

    init(_ configuration: Configuration) throws(ConfigurationError) {
        let auth = configuration.auth
        let mayCreate = configuration.profile != .production
        var faults: [ConfigurationFault] = []
        let folder = auth.keyFile.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")

        func secret(_ configured: Secret?, _ variable: String, _ file: String) -> Secret? {
            if let configured { return configured }
            let path = folder.isEmpty ? file : "\(folder)/\(file)"
            do throws(LocalFile.Fault) {
                return try LocalSecret.loadOrCreate(path)
            } catch {
                faults.append(
                    ConfigurationFault(
                        variable: variable, rule: "is not set and cannot be kept beside JWT_KEY_FILE: \(error)"))
                return nil
            }
        }
        let refresh = secret(auth.refreshSecret, "JWT_REFRESH_SECRET", "refresh.secret")
        let pepper = secret(auth.pepper, "PASSWORD_PEPPER", "pepper.secret")

        var signature: AccessTokens.Signature?
        switch auth.algorithm {
        case .hs256:
            signature = auth.sharedSecret.map { .hs256($0) }
        case .es256:
            do {
                let active = try SigningKey.load(auth.keyFile, mayCreate: mayCreate)
                let others = try auth.otherKeyFiles.map { try SigningKey.load($0, mayCreate: false) }
                signature = .es256(KeyRing(active: active, others: others))
            } catch {
                faults.append(ConfigurationFault(variable: "JWT_KEY_FILE", rule: "or JWT_OTHER_KEY_FILES \(error)"))
            }
        }
        guard let refresh, let pepper, let signature, faults.isEmpty else { throw ConfigurationError(faults: faults) }
        self.signature = signature
        self.refresh = refresh
        self.pepper = pepper
    }

    /// The public keys to publish.
    var publishedKeys: [SigningKey] {
        if case .es256(let ring) = signature { ring.all } else { [] }
    }

    /// Tokens for links.
    var oneTimeTokens: OneTimeTokens { OneTimeTokens(key: key(for: "one-time tokens")) }

    /// A key for one more purpose, derived so that a leak of it opens nothing else.
    func key(for purpose: String) -> Secret {
        Secret(Digest.hmacSHA256(Array(purpose.utf8), key: refresh.bytes))
    }
}
