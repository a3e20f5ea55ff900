/// Takes the text of parameters apart by style (OpenAPI 3.1 §4.8.12.3 – 4.8.12.6, RFC 6570).
///
/// Delimiters are looked for before decoding, so that an encoded comma is part of an item. Where no item could contain
/// one (numbers, booleans), and for `|` and space, which must not stand in a URL unencoded, the encoded delimiter
/// separates too, because that is what many clients send. An empty text is the empty list.
enum StyleParser {
    /// Lists longer than this are refused.
    static let maximumItems = 1000

    /// `simple` and `label` in a path, `simple` in a header, and unexploded `form` in a query, form or cookie.
    static func delimited(
        _ text: ArraySlice<UInt8>, _ type: ParameterType, by delimiter: UInt8, explodesMembers: Bool = false,
        isEncoded: Bool
    ) throws(RawValueError) -> RawValue {
        if type.takesNull, text.isEmpty || text.elementsEqual("null".utf8) { return .text(text) }
        switch type.structure(valueCount: 1) {
        case .scalar: return .text(text)
        case .array: return .list(try split(text, type.itemType, by: delimiter, isEncoded: isEncoded))
        case .object:
            let pieces = try split(text, .string, by: delimiter, isEncoded: isEncoded)
            return explodesMembers ? try pairs(pieces) : try alternating(pieces)
        }
    }

    /// `;color=blue` in a path.
    static func matrix(
        _ text: ArraySlice<UInt8>, _ definition: ParameterDefinition
    ) throws(RawValueError) -> RawValue {
        guard text.first == 0x3B else { throw .style }
        let pieces = try split(text.dropFirst(), .string, by: 0x3B, isEncoded: false)
        let structure = definition.type.structure(valueCount: pieces.count)
        if structure == .object, definition.explodes { return try pairs(pieces) }
        var values: [ArraySlice<UInt8>] = []
        for piece in pieces {
            let equals = piece.firstIndex(of: 0x3D) ?? piece.endIndex
            guard TextCoding.path.decode(piece[..<equals]) == definition.name else { throw .style }
            values.append(equals < piece.endIndex ? piece[(equals + 1)...] : piece[piece.endIndex...])
        }
        if structure == .array, definition.explodes { return .list(values) }
        guard values.count == 1 else { throw .repeated }
        return try delimited(values[0], definition.type, by: 0x2C, isEncoded: true)
    }

    /// `R=100` pieces.
    static func pairs(_ pieces: [ArraySlice<UInt8>]) throws(RawValueError) -> RawValue {
        var members: [(name: String, texts: [ArraySlice<UInt8>])] = []
        for piece in pieces {
            guard let equals = piece.firstIndex(of: 0x3D) else { throw .style }
            try add(piece[..<equals], piece[(equals + 1)...], to: &members)
        }
        return .members(members)
    }

    /// `R,100,G,200` pieces.
    private static func alternating(_ pieces: [ArraySlice<UInt8>]) throws(RawValueError) -> RawValue {
        guard pieces.count.isMultiple(of: 2) else { throw .style }
        var members: [(name: String, texts: [ArraySlice<UInt8>])] = []
        for index in stride(from: 0, to: pieces.count, by: 2) {
            try add(pieces[index], pieces[index + 1], to: &members)
        }
        return .members(members)
    }

    private static func add(
        _ name: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>,
        to members: inout [(name: String, texts: [ArraySlice<UInt8>])]
    ) throws(RawValueError) {
        guard let name = TextCoding.query.decode(name) else { throw .encoding }
        guard !members.contains(where: { $0.name == name }) else { throw .repeated }
        members.append((name, [text]))
    }

    /// Splits at a delimiter, encoded or not as the type's comment says.
    static func split(
        _ text: ArraySlice<UInt8>, _ item: ParameterType, by delimiter: UInt8, isEncoded: Bool
    ) throws(RawValueError) -> [ArraySlice<UInt8>] {
        if text.isEmpty { return [] }
        let splitsEncoded = isEncoded && (delimiter == 0x7C || delimiter == 0x20 || !item.isFreeText)
        var pieces: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var index = start
        while index < text.endIndex {
            let width = delimiterWidth(text, index, delimiter, splitsEncoded)
            if width > 0 {
                pieces.append(text[start..<index])
                guard pieces.count < maximumItems else { throw .tooLarge }
                index += width
                start = index
            } else {
                index += 1
            }
        }
        pieces.append(text[start..<text.endIndex])
        return pieces
    }

    private static func delimiterWidth(
        _ text: ArraySlice<UInt8>, _ index: Int, _ delimiter: UInt8, _ splitsEncoded: Bool
    ) -> Int {
        let byte = text[index]
        if byte == delimiter { return 1 }
        guard splitsEncoded else { return 0 }
        if delimiter == 0x20, byte == 0x2B { return 1 }
        guard byte == 0x25, index + 2 < text.endIndex, let high = PercentCoding.hexValue(text[index + 1]),
            let low = PercentCoding.hexValue(text[index + 2])
        else { return 0 }
        return high << 4 | low == delimiter ? 3 : 0
    }
}
