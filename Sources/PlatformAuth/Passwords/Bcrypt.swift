internal import CLockstepCrypt
internal import Glibc

/// bcrypt by libxcrypt. Blocking and slow by design: call it on a ``BlockingPool`` only.
enum Bcrypt {
    /// libxcrypt refused. It does so for settings that no ``PasswordHash`` has.
    struct Failure: Error {}

    /// The hash of `password` with the parameters that begin `setting`. `password` holds no zero byte.
    static func hash(_ password: [UInt8], setting: String) throws -> String {
        var phrase = password.map { CChar(bitPattern: $0) }
        phrase.append(0)
        // The work area is 32 KiB and holds traces of the password: kept off the stack and wiped before it is freed.
        let area = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        area.initialize(to: crypt_data())
        defer {
            explicit_bzero(area, MemoryLayout<crypt_data>.size)
            phrase.withUnsafeMutableBytes { explicit_bzero($0.baseAddress!, $0.count) }  // never empty: it ends in 0
            area.deallocate()
        }
        guard let result = crypt_r(phrase, setting, area) else { throw Failure() }
        let text = String(cString: result)
        guard text.hasPrefix("$2") else { throw Failure() }
        return text
    }

    /// A setting with `cost` and 16 bytes of salt.
    static func setting(cost: Int, salt: [UInt8]) throws -> String {
        var output = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let bytes = salt.map { CChar(bitPattern: $0) }
        guard crypt_gensalt_rn("$2b$", UInt(cost), bytes, Int32(bytes.count), &output, Int32(output.count)) != nil
        else {
            throw Failure()
        }
        return output.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }  // never empty
    }
}
