/// What RFC 5892 allows in a label of an internationalised host name.
enum InternationalLabel {
    static func isValid(_ label: [Unicode.Scalar]) -> Bool {
        guard let first = label.first, first != "-", label.last != "-", !isMark(first) else { return false }
        if label.count >= 4, label[2] == "-", label[3] == "-" { return false }
        for (index, scalar) in label.enumerated() where !isAllowed(scalar) && !isAllowed(scalar, at: index, in: label) {
            return false
        }
        return !mixesDigits(label)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Letters, digits and marks that case folding leaves alone.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            return byte == UInt8(ascii: "-") || TextFormats.isDigit(byte) || TextFormats.isLetter(byte)
        }
        if always.contains(scalar.value) { return true }
        if never.contains(scalar.value) { return false }
        if (0x1100...0x11ff).contains(scalar.value) || (0xa960...0xa97f).contains(scalar.value)
            || (0xd7b0...0xd7ff).contains(scalar.value)
        {
            return false
        }
        if (0x660...0x669).contains(scalar.value) || (0x6f0...0x6f9).contains(scalar.value) { return true }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber:
            return !scalar.properties.changesWhenNFKCCaseFolded
        default: return false
        }
    }

    /// Exceptions of RFC 5892, 2.6.
    private static let always: Set<UInt32> = [0xdf, 0x3c2, 0x6fd, 0x6fe, 0xf0b, 0x3007]
    private static let never: Set<UInt32> = [
        0x640, 0x7fa, 0x302e, 0x302f, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303b,
    ]

    /// The contextual rules of RFC 5892, appendix A.
    private static func isAllowed(_ scalar: Unicode.Scalar, at index: Int, in label: [Unicode.Scalar]) -> Bool {
        let before = index > 0 ? label[index - 1] : nil
        let after = index + 1 < label.count ? label[index + 1] : nil
        switch scalar.value {
        case 0x200c:
            return before?.properties.canonicalCombiningClass == .virama || joins(at: index, in: label)
        case 0x200d: return before?.properties.canonicalCombiningClass == .virama
        case 0xb7: return before == "l" && after == "l"
        case 0x375: return after.map { isScript($0, [0x370...0x3ff, 0x1f00...0x1fff]) } ?? false
        case 0x5f3, 0x5f4: return before.map { isScript($0, [0x590...0x5ff, 0xfb1d...0xfb4f]) } ?? false
        case 0x30fb:
            return label.contains {
                isScript($0, [0x3041...0x30fa, 0x30fc...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0x20000...0x323af])
            }
        default: return false
        }
    }

    /// Whether a letter that joins what follows and one that joins what precedes stand around, marks aside.
    private static func joins(at index: Int, in label: [Unicode.Scalar]) -> Bool {
        let before = label[..<index].last { !JoiningType.isTransparent($0) }
        let after = label[(index + 1)...].first { !JoiningType.isTransparent($0) }
        guard let before, let after else { return false }
        return JoiningType.joinsNext(before) && JoiningType.joinsPrevious(after)
    }

    private static func isScript(_ scalar: Unicode.Scalar, _ ranges: [ClosedRange<UInt32>]) -> Bool {
        ranges.contains { $0.contains(scalar.value) }
    }

    /// Arabic-Indic digits and extended ones must not meet.
    private static func mixesDigits(_ label: [Unicode.Scalar]) -> Bool {
        label.contains { (0x660...0x669).contains($0.value) } && label.contains { (0x6f0...0x6f9).contains($0.value) }
    }
}
