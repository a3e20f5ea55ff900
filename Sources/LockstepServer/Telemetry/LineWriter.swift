import LockstepRuntime

/// Appends JSON and text to a byte buffer without making strings on the way: log lines are written on every request.
enum LineWriter {
    static func append(_ text: StaticString, to bytes: inout [UInt8]) {
        // The pointer is to constant memory and does not leave the call.
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Labelled, so that a literal is never taken for a `String`, which costs five times as much to append.
    static func append(text: String, to bytes: inout [UInt8]) {
        // Every native string lends its bytes; the pointer does not leave the closure.
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { unsafe bytes.append(contentsOf: $0) }
        if isDone == nil { bytes.append(contentsOf: text.utf8) }
    }

    /// A JSON string: quotes, escapes, and no character that could end the line or forge another one in a terminal or a log
    /// viewer (controls, DEL, C1 controls, U+2028, U+2029).
    static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        // The pointer does not leave the call.
        text.withUTF8 { unsafe appendQuoted($0, to: &bytes) }
    }

    /// The same for received bytes; what is not UTF-8 becomes replacement characters.
    static func appendQuoted(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        // The pointer does not leave the call.
        text.withUnsafeBufferPointer { unsafe appendQuoted($0, to: &bytes) }
    }

    private static func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        if unsafe text.allSatisfy(isPlain) {
            unsafe bytes.append(contentsOf: text)
        } else {
            unsafe appendEscaped(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// ASCII that JSON takes as it is.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        for scalar in unsafe String(decoding: utf8, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x22: append("\\\"", to: &bytes)
            case 0x5C: append("\\\\", to: &bytes)
            case 0x0A: append("\\n", to: &bytes)
            case 0x0D: append("\\r", to: &bytes)
            case 0x09: append("\\t", to: &bytes)
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF:
                append("\\u", to: &bytes)
                for shift in [12, 8, 4, 0] as [UInt32] { bytes.append(hexDigit(scalar.value >> shift & 0xF)) }
            default: bytes.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    static func hexDigit(_ value: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 10 ? 0x30 + value : 0x57 + value)
    }

    static func append(_ number: Int, to bytes: inout [UInt8]) {
        if number < 0 {
            // Int.min is written by its text, because it has no positive counterpart.
            guard number != .min else { return append(text: String(number), to: &bytes) }
            bytes.append(UInt8(ascii: "-"))
        }
        HTTP1ResponseHead.decimal(abs(number), into: &bytes)
    }

    /// Nanoseconds as milliseconds with three decimals.
    static func appendMilliseconds(_ nanoseconds: Int64, to bytes: inout [UInt8]) {
        let micros = Int(max(0, nanoseconds) / 1000)
        append(micros / 1000, to: &bytes)
        let fraction = micros % 1000
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + fraction / 100))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + fraction / 10 % 10))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + fraction % 10))
    }
}
