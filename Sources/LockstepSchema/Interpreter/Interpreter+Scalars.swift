import LockstepJSON

extension Interpreter {
    mutating func validateString(_ part: Int, _ at: Int, _ word: TapeWord) -> Bool {
        var isValid = true
        let limits = words.block(part, Layout.StringPart.size)
        let minimum = Int(limits[Layout.StringPart.minimum])
        let maximum = Int(limits[Layout.StringPart.maximum])
        // A code point takes one to four bytes: often the bytes alone decide.
        if minimum > (word.length &+ 3) / 4 || maximum >= 0 && maximum < word.length {
            let length = codePoints(word)
            if length < minimum {
                fail(at, .minLength, .number(minimum))
                isValid = false
            }
            if maximum >= 0, length > maximum {
                fail(at, .maxLength, .number(maximum))
                isValid = false
            }
            if !isValid, !isCollecting { return false }
        }
        let pattern = Int(limits[Layout.StringPart.pattern])
        if pattern >= 0, !matches(pattern, word, at) {
            if !isExhausted { fail(at, .pattern, .pattern(pattern)) }
            isValid = false
        }
        let format = limits[Layout.StringPart.format]
        if format != 0, !hasFormat(format, at, word) {
            fail(at, .format, .words(Format(rawValue: format)?.name ?? ""))
            isValid = false
        }
        return isValid
    }

    /// Whether a string has a format. What has been read of it is kept, for the member that holds it.
    private mutating func hasFormat(_ format: Int32, _ at: Int, _ word: TapeWord) -> Bool {
        switch format {
        case Format.uuid.rawValue:
            guard let (low, high) = UUID.halves(instance.bytes, word.offset, word.length) else { return false }
            reading = Reading(at: at, kind: .uuid, low: low, high: high)
            return true
        case Format.dateTime.rawValue:
            guard let instant = Timestamp(instance.bytes, word.offset, word.length) else { return false }
            reading = Reading(
                at: at, kind: .timestamp, low: UInt64(bitPattern: instant.seconds), high: UInt64(instant.nanoseconds))
            return true
        case Format.decimal.rawValue where isShortDecimal(word): return true
        default:
            return Format(rawValue: format)?.accepts(instance.bytes, word.offset, word.length) ?? true
        }
    }

    /// Whether a string is a sign, digits, a point and digits, the first and the last two at will: so short that it fits
    /// any decimal. Others take the long way.
    private mutating func isShortDecimal(_ word: TapeWord) -> Bool {
        guard word.length <= 18 else { return false }
        return instance.bytes.withPointer(word.offset, word.length) { text in
            var index = word.length > 0 && text[0] == UInt8(ascii: "-") ? 1 : 0
            var digits = 0
            var hasPoint = false
            while index < word.length {
                if text[index] &- UInt8(ascii: "0") < 10 {
                    digits &+= 1
                } else {
                    guard text[index] == UInt8(ascii: "."), digits > 0, !hasPoint else { return false }
                    hasPoint = true
                    digits = 0
                }
                index &+= 1
            }
            return digits > 0
        }
    }

    private mutating func codePoints(_ word: TapeWord) -> Int {
        if word.isKnownASCII { return word.length }
        var count = 0
        for index in word.offset..<(word.offset &+ word.length) where instance.bytes[index] & 0xc0 != 0x80 {
            count &+= 1
        }
        return count
    }

    /// Whether a pattern is found in a string: by its automaton, else by PCRE2. Where that takes too long, the whole
    /// document is refused: neither answer would be safe in a `not`, an `if` or among the names of `patternProperties`.
    mutating func matches(_ pattern: Int, _ word: TapeWord, _ at: Int) -> Bool {
        let table = image.tableOffsets[pattern]
        if table >= 0 { return Automaton.matches(image.tables, table, instance.bytes, word.offset, word.length) }
        if matcher == nil { matcher = patterns.takeUnretainedValue().takeMatcher() }
        let found = matcher?.matches(image.codes[pattern], instance.bytes, word.offset, word.length)
        if let found { return found }
        steps = maximumSteps &+ 1
        return giveUp(at)
    }

    mutating func validateNumber(_ part: Int, _ at: Int, _ word: TapeWord) -> Bool {
        var isValid = true
        let value = SmallDecimal(instance.bytes, word.offset, word.length)
        if !bound(part &+ Layout.NumberPart.minimum, word, value, { $0 >= 0 }) {
            fail(at, .minimum, .text(Int(words[part &+ Layout.NumberPart.minimum])))
            isValid = false
        }
        if !bound(part &+ Layout.NumberPart.maximum, word, value, { $0 <= 0 }) {
            fail(at, .maximum, .text(Int(words[part &+ Layout.NumberPart.maximum])))
            isValid = false
        }
        if !bound(part &+ Layout.NumberPart.exclusiveMinimum, word, value, { $0 > 0 }) {
            fail(at, .exclusiveMinimum, .text(Int(words[part &+ Layout.NumberPart.exclusiveMinimum])))
            isValid = false
        }
        if !bound(part &+ Layout.NumberPart.exclusiveMaximum, word, value, { $0 < 0 }) {
            fail(at, .exclusiveMaximum, .text(Int(words[part &+ Layout.NumberPart.exclusiveMaximum])))
            isValid = false
        }
        let unit = Int(words[part &+ Layout.NumberPart.multipleOf])
        if unit != 0, !isMultiple(unit, word, value) {
            fail(at, .multipleOf, .text(unit))
            isValid = false
        }
        let format = words[part &+ Layout.NumberPart.format]
        if format != 0, !isSmallInteger(value, format), let format = Format(rawValue: format),
            !format.accepts(number: Number(instance.bytes, word.offset, word.length))
        {
            fail(at, .format, .words(format.name))
            isValid = false
        }
        return isValid
    }

    /// Whether a number is certain to be in the range of its format: an integer of at most 18 digits, say.
    private mutating func isSmallInteger(_ value: SmallDecimal?, _ format: Int32) -> Bool {
        guard let value, value.exponent == 0 else { return false }
        return format == Format.int64.rawValue
            || format == Format.int32.rawValue && Int32(exactly: value.coefficient) != nil
    }

    private mutating func bound(_ position: Int, _ word: TapeWord, _ value: SmallDecimal?, _ holds: (Int) -> Bool)
        -> Bool
    {
        let constant = Int(words[position])
        if constant == 0 { return true }
        if let value, let limit = smallConstant(constant) { return holds(SmallDecimal.compare(value, limit)) }
        let number = Number(instance.bytes, word.offset, word.length)
        let limit = Number(blob, Int(words[constant]), Int(words[constant &+ Layout.Constant.length]))
        return holds(Number.compare(number, limit))
    }

    private mutating func isMultiple(_ constant: Int, _ word: TapeWord, _ value: SmallDecimal?) -> Bool {
        if let value, let unit = smallConstant(constant), let answer = value.isMultiple(of: unit) { return answer }
        let unitText = blob.string(Int(words[constant]), Int(words[constant &+ Layout.Constant.length]))
        guard let unit = Decimal(unitText) else { return false }
        return Number(instance.bytes, word.offset, word.length).isMultiple(of: unit)
    }

    private mutating func smallConstant(_ constant: Int) -> SmallDecimal? {
        guard words[constant &+ Layout.Constant.isSmall] != 0 else { return nil }
        let low = Int64(UInt32(bitPattern: words[constant &+ Layout.Constant.low]))
        let high = Int64(words[constant &+ Layout.Constant.high])
        return SmallDecimal(
            coefficient: high << 32 | low, exponent: Int(words[constant &+ Layout.Constant.exponent]))
    }
}
