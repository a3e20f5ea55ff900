/// What a parser accepts at most.
public struct JSONLimits: Sendable {
    /// Bytes of the whole text; never more than 1 GiB - 1.
    public var maximumSize: Int
    /// Containers inside containers.
    public var maximumDepth: Int

    /// 16 MiB and 128 levels, unless told otherwise.
    public init(maximumSize: Int = 16 << 20, maximumDepth: Int = 128) {
        self.maximumSize = maximumSize
        self.maximumDepth = maximumDepth
    }

    /// 16 MiB, 128 levels.
    public static let `default` = JSONLimits()
}
