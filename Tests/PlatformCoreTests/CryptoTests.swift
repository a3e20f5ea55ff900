import PlatformCore
import Testing

@Suite struct CryptoTests {
    @Test func base64URLIsStrict() {
        for bytes: [UInt8] in [[], [0], [0xFF, 0xFE], [1, 2, 3], Array(0...255)] {
            #expect(Base64URL.decode(Base64URL.encodedBytes(bytes)) == bytes)
        }
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        for text in ["=", "-_8=", "+/8", "A", "-_9", "AA\n"] { #expect(Base64URL.decode(text.utf8) == nil) }
    }

    @Test func hashesAreTheStandardOnes() {
        // FIPS 180-2, "abc"; RFC 4231, case 2.
        let hex = { (bytes: [UInt8]) in bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
        #expect(
            hex(Digest.sha256(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hex(MACKey(Array("Jefe".utf8)).code(of: Array("what do ya want for nothing?".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            hex(Digest.hmacSHA256(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(!Digest.isEqual([1, 2], [1, 3]) && !Digest.isEqual([1], [1, 2]) && Digest.isEqual([], []))
    }
}
