import LockstepJSON

extension Interpreter {
    /// `const`, `enum`, references and combinations.
    mutating func validateGeneral(_ part: Int, _ at: Int, _ evaluated: Int) -> Bool {
        var isValid = true
        var step = part &+ 1
        for _ in 0..<Int(words[part]) {
            let first = Int(words[step &+ 1])
            let second = Int(words[step &+ 2])
            let fits: Bool
            switch Layout.Step(rawValue: words[step]) {
            case .reference: fits = validate(first, at, evaluated)
            case .dynamicReference: fits = validate(dynamicTarget(first, second), at, evaluated)
            case .constant: fits = validateConstant(first, at, .const)
            case .enumeration: fits = validateConstant(first, at, .enum)
            case .anyOf: fits = validateAnyOf(first, at, evaluated)
            case .oneOf: fits = validateOneOf(first, at, evaluated)
            case .not:
                fits = !attempt(first, at) && !isExhausted
                if isExhausted { _ = giveUp(at) } else if !fits { fail(at, .not) }
            case .condition: fits = validateCondition(first, second, at, evaluated)
            case nil: preconditionFailure("a damaged validator program")
            }
            if !fits {
                isValid = false
                if !isCollecting { return false }
            }
            step &+= Layout.Step.size
        }
        return isValid
    }

    private func dynamicTarget(_ table: Int, _ fallback: Int) -> Int {
        for resource in scope {
            for index in 0..<Int(words[table]) where words[table &+ 1 &+ index &* 2] == resource {
                return Int(words[table &+ 2 &+ index &* 2])
            }
        }
        return fallback
    }

    /// The index in a list of constants of the one that equals the value, -1 when none does.
    mutating func constant(_ list: Int, _ at: Int) -> Int {
        // What the schema has just looked up, the shape asks for once more.
        if choice.at == at, choice.list == list { return choice.index }
        let index = findConstant(list, at)
        choice = (list, at, index)
        return index
    }

    /// A string under a schema that is marked as a choice.
    mutating func validateChoice(_ header: UnsafePointer<Int32>, _ at: Int, _ word: TapeWord) -> Bool {
        let general = Int(header[Layout.Node.general])
        let list = Int(words[general &+ 2])
        // What told the alternatives of a union apart has been looked up already.
        let index = choice.at == at && choice.list == list ? choice.index : findString(list, word)
        if index < 0 {
            fail(at, words[general &+ 1] == Layout.Step.constant.rawValue ? .const : .enum, .constants(list))
            return false
        }
        if header[Layout.Node.record] != 0 { frame = index }
        return true
    }

    private mutating func findConstant(_ list: Int, _ at: Int) -> Int {
        let word = instance.words[at]
        if word.isString { return findString(list, word) }
        let count = Int(words[list])
        let indices = words.block(list &+ 1, count)
        for index in 0..<count {
            let place = Int(image.constantIndices[Int(indices[index])])
            if Equality.equal(instance, at, constants, place) { return index }
        }
        return -1
    }

    /// Strings are what enumerations mostly hold: their length often decides.
    private mutating func findString(_ list: Int, _ word: TapeWord) -> Int {
        let constants = image.constants
        let places = image.constantIndices
        let bytes = instance.bytes
        let count = Int(words[list])
        let indices = words.block(list &+ 1, count)
        for index in 0..<count {
            let other = constants.words[Int(places[Int(indices[index])])]
            if other.isString, word.length == other.length,
                bytes.equals(word.offset, word.length, constants.bytes, other.offset)
            {
                return index
            }
        }
        return -1
    }

    private mutating func validateConstant(_ list: Int, _ at: Int, _ keyword: Keyword) -> Bool {
        if constant(list, at) >= 0 { return true }
        fail(at, keyword, .constants(list))
        return false
    }

    /// The constants as text, as many as are helpful.
    func constantNames(_ list: Int) -> String {
        let count = Int(words[list])
        let shown = (0..<min(count, 20)).map { index in
            let place = Int(image.constantIndices[Int(words[list &+ 1 &+ index])])
            let word = constants.words[place]
            if word.isContainer { return word.isArray ? "[…]" : "{…}" }
            return constants.bytes.string(word.offset, word.length)
        }
        return shown.joined(separator: ", ") + (count > 20 ? ", …" : "")
    }

    private mutating func validateCondition(_ test: Int, _ outcomes: Int, _ at: Int, _ evaluated: Int) -> Bool {
        let count = instance.words[at].isContainer ? instance.words[at].count : 0
        let base = marks.count
        if evaluated >= 0 { marks.append(contentsOf: repeatElement(false, count: count)) }
        let holds = attempt(test, at, evaluated >= 0 ? base : -1)
        if evaluated >= 0 {
            if holds { merge(base, into: evaluated, count) }
            marks.removeLast(count)
        }
        let outcome = Int(words[outcomes &+ (holds ? 0 : 1)])
        if outcome == 0 { return true }
        if outcome == Layout.falseNode { return never(at, holds ? .then : .else) }
        return validate(outcome, at, evaluated)
    }
}
