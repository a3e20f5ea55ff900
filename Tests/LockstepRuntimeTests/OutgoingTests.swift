import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Where requests may go")
struct OutgoingTests {
    private func code(_ url: String, _ policy: OutgoingPolicy = .strict) -> OutgoingError.Code? {
        do throws(OutgoingError) {
            _ = try policy.url(url)
            return nil
        } catch {
            #expect(!error.description.contains("evil"), "the error repeats its input")
            return error.code
        }
    }

    @Test(
        "plain https URLs are taken, and written again as they were",
        arguments: [
            "https://a.example/", "https://a.example:8443/hook?x=1&y=%20", "https://93.184.215.14/h",
            "https://[2606:4700::1111]/",
            "https://xn--bcher-kva.example/", "https://_dmarc.a-b.example./h",
        ])
    func good(_ text: String) throws {
        #expect(try OutgoingPolicy.strict.url(text).text == text)
    }

    @Test("scheme and host are in lower case, and there always is a path")
    func normal() throws {
        let url = try OutgoingURL("HTTPS://Evil.Example?x=1")
        #expect(url.text == "https://evil.example/?x=1")
        #expect(url.host == "evil.example" && url.port == nil && url.target == "/?x=1")
    }

    @Test(
        "URLs that are none, or that parsers disagree about, are refused",
        arguments: [
            "", "evil", "/evil", "//evil.example/", "https:/evil.example", "https:evil.example", "https://",
            "https:///evil",
            "https://evil.example/\r\nHost: other", "https://evil.example/\n", "https://evil.example/a b",
            "https://evil.example/\t",
            "https://evil.example\\@good.example/", "https://evil.example/ü", "https://évil.example/",
            "https://evil.example/#x",
            "https://user@evil.example/", "https://user:word@evil.example/", "https://good.example:443@evil.example/",
            "https://evil%2eexample/", "https://evil..example/", "https://.evil.example/", "https://evil.example:/",
            "https://evil.example:0/", "https://evil.example:65536/", "https://evil.example:80x/",
            "https://evil.example:+80/",
            "https://[evil]/", "https://[::1", "https://[::1]x/", "https://[fe80::1%25eth0]/", "https://127.1/",
            "https://0x7f.0.0.1/",
            "https://2130706433/", "https://0177.0.0.1/", "https://1.2.3.4.5/", "https://evil.0x7f/",
            "https://256.1.1.1/",
            "file:///etc/passwd", "gopher://evil.example:6379/_FLUSHALL", "ftp://evil.example/", "javascript:alert(1)",
            "dict://evil.example/", "data:text/plain,evil", "https://{evil}.example/",
        ])
    func malformed(_ text: String) {
        #expect(code(text) == .invalidURL)
        #expect(code(text, .development) == .invalidURL)
    }

    @Test("a URL has a greatest length")
    func length() {
        #expect(code("https://a.example/" + String(repeating: "a", count: 8_192)) == .invalidURL)
    }

    @Test(
        "http, and addresses that are not public, are refused before anything is looked up",
        arguments: [
            "http://a.example/", "https://localhost/", "https://x.localhost./", "https://127.0.0.1/",
            "https://10.1.2.3/",
            "https://169.254.169.254/latest/meta-data/", "https://192.168.0.1/", "https://172.31.255.255/",
            "https://100.64.0.1/",
            "https://0.0.0.0/", "https://224.0.0.1/", "https://255.255.255.255/", "https://[::1]/", "https://[::]/",
            "https://[::ffff:127.0.0.1]/", "https://[::ffff:a00:1]/", "https://[fe80::1]/", "https://[fc00::1]/",
            "https://[ff02::1]/",
            "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[2001:0:7f00:1::]/",
            "https://[::127.0.0.1]/",
        ])
    func forbidden(_ text: String) {
        #expect(code(text) == .forbiddenURL)
    }

    @Test("development allows this machine, and nothing else of the network")
    func development() {
        for url in ["http://localhost:8080/h", "http://127.0.0.1:8080/", "https://[::1]/"] {
            #expect(code(url, .development) == nil, "\(url)")
        }
        for url in ["https://10.0.0.1/", "http://169.254.169.254/", "http://93.184.215.14/"] {
            #expect(code(url, .development) == .forbiddenURL, "\(url)")
        }
        // A name is looked up later; http to where it leads is then refused.
        let elsewhere = NetworkAddress([93, 184, 215, 14])
        #expect(elsewhere.map { OutgoingPolicy.development.allows($0, isSecure: false) } == false)
    }

    @Test("a private network is allowed where the policy says so, with https")
    func privateNetwork() {
        let policy = OutgoingPolicy(allowsPrivateNetworks: true)
        #expect(code("https://10.0.0.1/", policy) == nil)
        #expect(code("http://10.0.0.1/", policy) == .forbiddenURL)
        #expect(code("https://169.254.169.254/", policy) == .forbiddenURL)
        #expect(code("https://127.0.0.1/", policy) == .forbiddenURL)
    }

    @Test("addresses are read in their usual forms only")
    func addresses() {
        #expect(NetworkAddress("1.2.3.4") == NetworkAddress([1, 2, 3, 4]))
        #expect(NetworkAddress("::ffff:1.2.3.4") == NetworkAddress([1, 2, 3, 4]))
        #expect(
            NetworkAddress("2001:db8::1")
                == NetworkAddress([0x20, 1, 0x0D, 0xB8] + Array(repeating: 0, count: 11) + [1]))
        #expect(NetworkAddress("::") != nil)
        for text in [
            "", "1.2.3", "01.2.3.4", "1.2.3.4.", "1:2", ":::", "1::2::3", "::1.2.3", "12345::", "1:2:3:4:5:6:7:8:9",
            "::g",
        ] {
            #expect(NetworkAddress(text) == nil, "\(text)")
        }
        #expect(NetworkAddress([1, 2, 3]) == nil)
    }
}
