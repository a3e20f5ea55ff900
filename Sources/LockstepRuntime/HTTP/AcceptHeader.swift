/// The `Accept` field of a request (RFC 9110 §12.5.1).
public struct AcceptHeader: Sendable {
    struct Range: Sendable {
        let mediaType: MediaType
        /// Weight in thousandths.
        let quality: Int
    }

    let ranges: [Range]

    /// Reads all `Accept` lines. Members that are not media ranges are left out; at most 64 are kept.
    public init(_ headers: HTTPFields) {
        var ranges: [Range] = []
        for member in headers.list("Accept").prefix(64) {
            let bytes = Array(member.utf8)[...]
            guard let mediaType = MediaType(bytes: bytes) else { continue }
            ranges.append(Range(mediaType: mediaType, quality: AcceptHeader.quality(of: bytes)))
        }
        self.ranges = ranges
    }

    /// The weight of a media type in thousandths by the most exact range that includes it; everything is acceptable
    /// when there is no usable range.
    public func quality(of mediaType: MediaType) -> Int {
        guard !ranges.isEmpty else { return 1000 }
        var best = (specificity: -1, quality: 0)
        for range in ranges where range.mediaType.includes(mediaType) {
            if range.mediaType.specificity > best.specificity {
                best = (range.mediaType.specificity, range.quality)
            }
        }
        return best.quality
    }

    /// Whether the client takes a media type, or some media type of a range that an operation produces.
    func takes(_ offer: MediaType) -> Bool {
        if offer.isExact { return quality(of: offer) > 0 }
        return ranges.isEmpty || ranges.contains { $0.quality > 0 && $0.mediaType.overlaps(offer) }
    }

    /// The weight of a media type that is named in full; `nil` if only wildcards include it.
    public func exactQuality(of mediaType: MediaType) -> Int? {
        ranges.first { $0.mediaType == mediaType }?.quality
    }

    /// The acceptable media type of highest weight, the earlier one when weights are equal.
    public func preferred(among offers: [MediaType]) -> Int? {
        var best: (index: Int, quality: Int)?
        for (index, offer) in offers.enumerated() {
            let quality = quality(of: offer)
            if quality > best?.quality ?? 0 { best = (index, quality) }
        }
        return best?.index
    }

    /// The `q` parameter in thousandths; 1000 without one, 0 for one that is not a weight.
    private static func quality(of member: ArraySlice<UInt8>) -> Int {
        var quality = 1000
        FieldList.split(member, at: 0x3B) { parameter in
            guard parameter.count >= 2, parameter.first == 0x71 || parameter.first == 0x51 else { return }
            guard parameter[parameter.startIndex + 1] == 0x3D else { return }
            quality = weight(parameter.dropFirst(2)) ?? 0
        }
        return quality
    }

    /// `0[.ddd]` or `1[.000]` (RFC 9110 §12.4.2).
    private static func weight(_ text: ArraySlice<UInt8>) -> Int? {
        guard let first = text.first, first == 0x30 || first == 0x31 else { return nil }
        var value = first == 0x31 ? 1000 : 0
        let rest = text.dropFirst()
        guard !rest.isEmpty else { return value }
        guard rest.first == 0x2E, rest.count <= 4 else { return nil }
        var unit = 100
        for byte in rest.dropFirst() {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value += Int(byte - 0x30) * unit
            unit /= 10
        }
        return value <= 1000 ? value : nil
    }
}
