/// Secrets that development makes for itself, once, and keeps in a private file.
public enum LocalSecret {
    /// The secret in `path`; 32 random bytes are put there first when there is no such file.
    public static func loadOrCreate(_ path: String) throws(LocalFile.Fault) -> Secret {
        do throws(LocalFile.Fault) {
            return Secret(try LocalFile.read(path))
        } catch  where error.isMissing {
            let secret = Base64URL.encodedBytes(SecureRandom.bytes(32))
            do throws(LocalFile.Fault) {
                try LocalFile.createPrivate(path, secret)
                return Secret(secret)
            } catch  where error.exists {
                return Secret(try LocalFile.read(path))  // another process was first
            }
        }
    }
}
