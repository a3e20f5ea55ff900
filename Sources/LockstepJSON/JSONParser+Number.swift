extension JSONParser {
    /// `-? (0 | [1-9][0-9]*) (\.[0-9]+)? ([eE][+-]?[0-9]+)?`
    mutating func parseNumber(_ start: Int) throws(JSONParseError) -> TapeWord {
        var position = start
        var kind = TapeKind.integer
        if input[position] == UInt8(ascii: "-") { position &+= 1 }
        if position < input.count, input[position] == UInt8(ascii: "0") {
            position &+= 1
        } else {
            try digits(&position)
        }
        if position < input.count, input[position] == UInt8(ascii: ".") {
            kind = .fraction
            position &+= 1
            try digits(&position)
        }
        if position < input.count, input[position] | 0x20 == UInt8(ascii: "e") {
            kind = .fraction
            position &+= 1
            if position < input.count, input[position] == UInt8(ascii: "+") || input[position] == UInt8(ascii: "-") {
                position &+= 1
            }
            try digits(&position)
        }
        if position < input.count, isDigit(input[position]) { throw JSONParseError(.invalidNumber, at: position) }
        return TapeWord(kind, start, position - start)
    }

    /// At least one digit.
    private mutating func digits(_ position: inout Int) throws(JSONParseError) {
        guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
        guard isDigit(input[position]) else { throw JSONParseError(.invalidNumber, at: position) }
        position &+= 1
        while position < input.count, isDigit(input[position]) { position &+= 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
