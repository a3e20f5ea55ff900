internal import CLockstepOpenSSL
internal import LockstepRuntime

extension TLSSession {
    /// The certificate that the client has shown, if it was asked for one and an authority vouches for it.
    func clientCertificate() -> ClientCertificate? {
        guard SSL_get_verify_result(handle) == Int(X509_V_OK), let certificate = SSL_get1_peer_certificate(handle)
        else {
            return nil
        }
        defer { X509_free(certificate) }
        return ClientCertificate(verified: certificate)
    }
}

extension ClientCertificate {
    /// The facts of a certificate.
    fileprivate init?(verified certificate: OpaquePointer) {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1,
            let subject = Self.text(ofName: X509_get_subject_name(certificate)),
            let issuer = Self.text(ofName: X509_get_issuer_name(certificate))
        else { return nil }
        let names = Self.alternativeNames(of: certificate)
        self.init(
            subject: subject, issuer: issuer,
            serialNumber: Self.hex(Self.bytes(of: X509_get0_serialNumber(certificate)), uppercase: true),
            fingerprint: Self.hex(digest.prefix(Int(length)), uppercase: false),
            dnsNames: names.filter { $0.kind == GEN_DNS }.map(\.text),
            uris: names.filter { $0.kind == GEN_URI }.map(\.text),
            mailAddresses: names.filter { $0.kind == GEN_EMAIL }.map(\.text))
    }

    /// A distinguished name as RFC 4514 writes it.
    private static func text(ofName name: OpaquePointer?) -> String? {
        guard let name, let output = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(output) }
        guard X509_NAME_print_ex(output, name, 0, lockstep_x509_name_flags()) >= 0 else { return nil }
        var start: UnsafeMutablePointer<CChar>?
        let count = lockstep_bio_contents(output, &start)
        return String(validating: UnsafeRawBufferPointer(start: start, count: max(0, count)), as: UTF8.self)
    }

    /// Host names, URIs and mail addresses. One that is no text, or has a zero inside to deceive readers in C, is left out.
    private static func alternativeNames(of certificate: OpaquePointer) -> [(kind: Int32, text: String)] {
        guard let names = lockstep_x509_alternative_names(certificate) else { return [] }
        defer { GENERAL_NAMES_free(names) }
        return (0..<lockstep_x509_alternative_name_count(names)).compactMap { index in
            var kind: Int32 = 0
            let bytes = bytes(of: lockstep_x509_alternative_name(names, index, &kind))
            guard !bytes.isEmpty, !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
                return nil
            }
            return (kind, text)
        }
    }

    private static func bytes(of string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
        guard let string, let start = ASN1_STRING_get0_data(string) else { return [] }
        return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(string))))
    }

    private static func hex(_ bytes: some Sequence<UInt8>, uppercase: Bool) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: uppercase) }.joined()
    }
}
