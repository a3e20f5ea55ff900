import CLockstepCurl
import LockstepRuntime
import Testing

/// What decides about a URL and what calls it must read the same host in it.
@Suite struct URLAgreementTests {
    private static let seeds = [
        "https://a.example/", "http://a.example:8080/x?y=%20#z", "https://user:word@a.example/",
        "https://[2001:db8::1]:443/",
        "https://127.0.0.1/", "https://a.example\\@b.example/", "https://0x7f.1/", "//a.example/",
        "https://a.example:/?@b/",
    ]

    @Test func libcurlReadsTheHostAndPortOfEveryURLThatIsTaken() throws {
        var random = Random(state: 7)
        var taken = 0
        for _ in 0..<60_000 {
            let text = random.mutated(Self.seeds)
            guard let url = try? OutgoingURL(text) else { continue }
            taken += 1
            #expect(try OutgoingURL(url.text) == url)
            let parts = try #require(Parts(url.text), "libcurl refuses \(url.text)")
            let host = url.host.contains(":") ? "[\(url.host)]" : url.host
            // libcurl writes addresses in their shortest form.
            let isSame =
                parts.host == host || NetworkAddress(parts.host.trimmingBrackets) == url.address && url.address != nil
            #expect(isSame, "\(url.text): \(parts.host)")
            #expect(parts.port == url.port.map { "\($0)" }, "\(url.text)")
            #expect(parts.user == nil && parts.scheme == (url.isSecure ? "https" : "http"))
        }
        #expect(taken > 1_000, "\(taken)")
    }

    /// The parts of a URL, as libcurl reads them.
    private struct Parts {
        var host = ""
        var scheme = ""
        var port: String?
        var user: String?

        init?(_ text: String) {
            let handle = curl_url()
            defer { curl_url_cleanup(handle) }
            guard curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK else { return nil }
            func part(_ what: CURLUPart) -> String? {
                var value: UnsafeMutablePointer<CChar>?
                guard curl_url_get(handle, what, &value, 0) == CURLUE_OK, let value else { return nil }
                defer { curl_free(value) }
                return String(cString: value)
            }
            host = part(CURLUPART_HOST) ?? ""
            scheme = part(CURLUPART_SCHEME) ?? ""
            port = part(CURLUPART_PORT)
            user = part(CURLUPART_USER)
        }
    }

    /// Texts near URLs, the same in each run.
    private struct Random {
        var state: UInt64
        private static let signs = Array("@:/\\?#[]%. \r\n\t0x1aA-_ü&=;!".unicodeScalars)

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func mutated(_ seeds: [String]) -> String {
            var text = Array(seeds[next(seeds.count)].unicodeScalars)
            for _ in 0...next(3) {
                let place = next(text.count + 1)
                switch next(3) {
                case 0: text.insert(Self.signs[next(Self.signs.count)], at: place)
                case 1 where place < text.count: text[place] = Self.signs[next(Self.signs.count)]
                case 2 where place < text.count: text.remove(at: place)
                default: break
                }
            }
            return String(String.UnicodeScalarView(text))
        }
    }
}

extension String {
    fileprivate var trimmingBrackets: String { hasPrefix("[") ? String(dropFirst().dropLast()) : self }
}
