/// FNV-1a over UTF-8: the same number for a name on every machine and in every run, which `Hasher` does not give.
enum StableHash {
    static func of(_ name: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash ^= UInt64(byte)
            hash &*= 0x0000_0100_0000_01b3
        }
        return hash
    }

    /// The shard of a name, `0 ..< count`.
    static func shard(of name: String, count: Int) -> Int {
        Int(of(name) % UInt64(max(count, 1)))
    }
}
