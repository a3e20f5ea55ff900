import LockstepRuntime

/// Writes the parts of a response's head straight into the output.
enum HTTP1ResponseHead {
    /// Status line and the handler's fields, without those that belong to the connection.
    static func begin(
        _ status: HTTPStatus, _ headers: HTTPFields, mayHoldOwnFields: Bool, into output: inout [UInt8]
    ) {
        LineWriter.append("HTTP/1.1 ", to: &output)
        decimal(status.code, into: &output)
        output.append(0x20)
        LineWriter.append(text: status.reasonPhrase, to: &output)
        lineEnd(into: &output)
        guard mayHoldOwnFields else { return headers.appendWireFormat(to: &output) }
        var others = headers
        for name in ownFields { others.remove(name) }
        others.appendWireFormat(to: &output)
    }

    /// Fields that only the connection may set.
    private static let ownFields = [
        "Connection", "Content-Length", "Transfer-Encoding", "Date", "Keep-Alive", "Upgrade", "Trailer",
    ]

    static func contentLength(_ length: Int, into output: inout [UInt8]) {
        LineWriter.append("Content-Length: ", to: &output)
        decimal(length, into: &output)
        lineEnd(into: &output)
    }

    static func chunked(into output: inout [UInt8]) {
        LineWriter.append("Transfer-Encoding: chunked\r\n", to: &output)
    }

    /// `Date`, `Connection` where it differs from the version's default, and the empty line.
    static func end(_ date: borrowing HTTPDate, keepAlive: Bool, minorVersion: UInt8, into output: inout [UInt8]) {
        output.append(contentsOf: date.line)
        if !keepAlive {
            LineWriter.append("Connection: close\r\n", to: &output)
        } else if minorVersion == 0 {
            LineWriter.append("Connection: keep-alive\r\n", to: &output)
        }
        lineEnd(into: &output)
    }

    /// A whole response after which the connection closes, content and all.
    static func lastResponse(_ response: Response, _ date: borrowing HTTPDate, into output: inout [UInt8]) {
        let body: [UInt8] = if case .bytes(let bytes) = response.body { bytes } else { [] }
        begin(
            response.status, response.headers, mayHoldOwnFields: response.headers.mayHoldConnectionFields, into: &output
        )
        contentLength(body.count, into: &output)
        end(date, keepAlive: false, minorVersion: 1, into: &output)
        output.append(contentsOf: body)
    }

    static func lastChunk(into output: inout [UInt8]) {
        LineWriter.append("0\r\n\r\n", to: &output)
    }

    static func lineEnd(into output: inout [UInt8]) {
        output.append(HTTP1Bytes.carriageReturn)
        output.append(HTTP1Bytes.lineFeed)
    }

    /// The digits of a number that is not negative.
    static func decimal(_ number: Int, into output: inout [UInt8]) {
        // From the last digit on, because a division by a constant is a multiplication. 20 digits hold every `Int`.
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = 20
        var rest = number.magnitude
        repeat {
            first &-= 1
            digits[first] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        while first < 20 {
            output.append(digits[first])
            first &+= 1
        }
    }

    static func hexadecimal(_ number: Int, into output: inout [UInt8]) {
        var shift = max(0, (Int.bitWidth - number.leadingZeroBitCount - 1) / 4 * 4)
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: number >> shift & 0xF)
            output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
            shift -= 4
        }
    }
}
