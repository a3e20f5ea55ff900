extension JSONParser {
    /// Reads a string from its opening quotation mark; without escapes it stays where it is.
    @inline(__always)  // called for names and for values
    mutating func parseString(_ position: inout Int) throws(JSONParseError) -> TapeWord {
        let start = position &+ 1
        var end = start
        // Eight bytes at a time up to the first one that is not plain: in most strings that is their end.
        while end <= input.count &- 8 {
            let word = input.word(at: end)
            let marks = PlainText.marks(word)
            if marks == 0 {
                end &+= 8
                continue
            }
            let shift = UInt64(truncatingIfNeeded: marks.trailingZeroBitCount & ~7)
            end &+= Int(truncatingIfNeeded: shift &>> 3)
            guard word &>> shift & 0xff == 0x22 else { break }
            position = end &+ 1
            // Both are at most the input's length, which is at most `TapeWord.maximum`.
            return TapeWord(text: start, end &- start, isASCII: true)
        }
        let (unusual, behind) = try parseUnusual(from: start, end)
        position = behind
        return unusual
    }

    /// The rest of a string in which something else comes first, or which ends near the end of the input; and the
    /// position behind it.
    @inline(never)
    private mutating func parseUnusual(
        from start: Int, _ reached: Int
    ) throws(JSONParseError) -> (TapeWord, Int) {
        var isASCII = true
        var position = reached
        if position >= input.count || input[position] != UInt8(ascii: "\\") {
            try skipPlain(&position, &isASCII)
            if input[position] == UInt8(ascii: "\"") {
                // Bounded as above.
                return (TapeWord(text: start, position &- start, isASCII: isASCII), position &+ 1)
            }
        }
        return try parseEscaped(from: start, position, isASCII)
    }

    /// Stops at the next quotation mark or backslash; everything before it is checked.
    private mutating func skipPlain(_ position: inout Int, _ isASCII: inout Bool) throws(JSONParseError) {
        while true {
            while position <= input.count &- 8 {
                let marks = PlainText.marks(input.word(at: position))
                if marks == 0 {
                    position &+= 8
                } else {
                    position &+= marks.trailingZeroBitCount &>> 3
                    break
                }
            }
            guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
            let byte = input[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            if byte < 0x20 { throw JSONParseError(.controlCharacter, at: position) }
            if byte < 0x80 {
                position &+= 1
                continue
            }
            isASCII = false
            if byte >= 0xc2, byte < 0xe0, position &+ 1 < input.count, input[position &+ 1] & 0xc0 == 0x80 {
                // Two bytes: most of what is not ASCII in European texts.
                position &+= 2
            } else {
                position &+= try multibyteLength(at: position)
            }
        }
    }

    /// How long a UTF-8 sequence of two to four bytes is: no overlong form, no surrogate, nothing above U+10FFFF.
    @inline(never)
    private mutating func multibyteLength(at position: Int) throws(JSONParseError) -> Int {
        let first = input[position]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xbf
        switch first {
        case 0xc2...0xdf: length = 2
        case 0xe0: (length, low) = (3, 0xa0)
        case 0xed: (length, high) = (3, 0x9f)
        case 0xe1...0xef: length = 3
        case 0xf0: (length, low) = (4, 0x90)
        case 0xf1...0xf3: length = 4
        case 0xf4: (length, high) = (4, 0x8f)
        default: throw JSONParseError(.invalidUTF8, at: position)
        }
        guard position <= input.count - length else { throw JSONParseError(.invalidUTF8, at: position) }
        let second = input[position + 1]
        guard second >= low, second <= high else { throw JSONParseError(.invalidUTF8, at: position) }
        for next in 2..<max(length, 2) where input[position + next] & 0xc0 != 0x80 {
            throw JSONParseError(.invalidUTF8, at: position)
        }
        return length
    }

    /// Decodes a string whose plain part from `start` on is known; `reached` is at its first backslash. The string, and
    /// the position behind it.
    ///
    /// Position and room are handed to nobody by reference, so that both stay in registers.
    private mutating func parseEscaped(
        from start: Int, _ reached: Int, _ wasASCII: Bool
    ) throws(JSONParseError) -> (TapeWord, Int) {
        var position = reached
        var decoded = takeDecoded(from: start)
        defer { giveBack(decoded) }
        var isASCII = wasASCII
        let offset = decoded.count
        decoded.append(input, start, position &- start)
        while true {
            while position <= input.count &- 9 {
                let word = input.word(at: position)
                let marks = PlainText.marks(word)
                if marks == 0 {
                    decoded.append(word: word)
                    position &+= 8
                    continue
                }
                let plain = marks.trailingZeroBitCount &>> 3
                decoded.append(word: word, keeping: plain)
                position &+= plain
                let pair = input.pair(at: position)
                guard pair & 0xff == 0x5c else { break }
                let byte = Self.character(ofEscape: UInt8(truncatingIfNeeded: pair &>> 8))
                guard byte != 0 else { break }
                decoded.append(byte)
                position &+= 2
            }
            guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
            let byte = input[position]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                let (code, behind) = try parseEscape(at: position)
                // No surrogate is left, and nothing is above U+10FFFF: every such code has a UTF-8 form.
                decoded.append(utf8Of: code)
                if code >= 0x80 { isASCII = false }
                position = behind
            } else if byte < 0x20 {
                throw JSONParseError(.controlCharacter, at: position)
            } else if byte < 0x80 {
                decoded.append(byte)
                position &+= 1
            } else {
                isASCII = false
                let length = try multibyteLength(at: position)
                decoded.append(input, position, length)
                position &+= length
            }
        }
        position &+= 1
        guard input.count + decoded.count <= TapeWord.maximum else { throw JSONParseError(.tooLarge, at: start) }
        // Bounded by the line before.
        return (TapeWord(text: input.count &+ offset, decoded.count &- offset, isASCII: isASCII), position)
    }

    /// The code of an escape of any kind, and the position behind it. Not inlined: those of one letter are read where
    /// they are met.
    @inline(never)
    private mutating func parseEscape(at start: Int) throws(JSONParseError) -> (UInt32, Int) {
        var position = start &+ 1
        guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
        let byte = input[position]
        position &+= 1
        if byte == UInt8(ascii: "u") {
            let code = try parseUnicodeEscape(from: start, &position)
            return (code, position)
        }
        let character = Self.character(ofEscape: byte)
        guard character != 0 else { throw JSONParseError(.invalidEscape, at: start) }
        return (UInt32(character), position)
    }

    /// What a backslash and a letter stand for; 0 for what is longer, or no escape.
    @inline(__always)  // some comparisons
    private static func character(ofEscape byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0c
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        default: 0
        }
    }

    /// The code of a `\u` escape, or of two that are surrogates; `position` is behind the `u`.
    @inline(__always)  // called from one place
    private mutating func parseUnicodeEscape(from start: Int, _ position: inout Int) throws(JSONParseError) -> UInt32 {
        var code = UInt32(try hexDigits(&position))
        if code & 0xf800 == 0xd800 {
            guard code < 0xdc00, position <= input.count &- 6, input[position] == UInt8(ascii: "\\"),
                input[position &+ 1] == UInt8(ascii: "u")
            else { throw JSONParseError(.loneSurrogate, at: start) }
            position &+= 2
            let low = UInt32(try hexDigits(&position))
            guard low & 0xfc00 == 0xdc00 else { throw JSONParseError(.loneSurrogate, at: start) }
            code = 0x10000 &+ (code & 0x3ff) &<< 10 &+ (low & 0x3ff)
        }
        return code
    }

    @inline(__always)  // most escapes of letters end here
    private mutating func hexDigits(_ position: inout Int) throws(JSONParseError) -> UInt16 {
        if position <= input.count &- 8, let value = Self.hex(UInt32(truncatingIfNeeded: input.word(at: position))) {
            position &+= 4
            return value
        }
        return try slowHexDigits(&position)
    }

    @inline(never)
    private mutating func slowHexDigits(_ position: inout Int) throws(JSONParseError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
            let byte = input[position]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw JSONParseError(.invalidEscape, at: position)
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    /// Four hexadecimal digits at once, the first one lowest; nil when one is none.
    @inline(__always)  // some shifts
    private static func hex(_ text: UInt32) -> UInt16? {
        let high: UInt32 = 0x8080_8080
        let lower = text | 0x2020_2020
        // Bytes below 0x80 and what is added at most 0x80: no carry into the next byte. The high bit says "at least".
        let digits = (text &+ 0x5050_5050) & ~(text &+ 0x4646_4646)
        let letters = (lower &+ 0x1f1f_1f1f) & ~(lower &+ 0x1919_1919) & high
        guard text & high == 0, (digits | letters) & high == high else { return nil }
        let nibbles = (text & 0x0f0f_0f0f) &+ (letters &>> 7) &* 9
        let pairs = (nibbles &<< 4 | nibbles &>> 8) & 0x00ff_00ff
        return UInt16(truncatingIfNeeded: pairs &<< 8 | pairs &>> 16)
    }
}
