import LockstepRuntime

/// Writes the parts of a response's head straight into the output.
enum HTTP1ResponseHead {
    /// Status line and the handler's fields, without those that belong to the connection.
    static func begin(_ status: HTTPStatus, _ headers: HTTPFields, into output: inout [UInt8]) {
        output.append(contentsOf: "HTTP/1.1 ".utf8)
        decimal(status.code, into: &output)
        output.append(0x20)
        output.append(contentsOf: status.reasonPhrase.utf8)
        lineEnd(into: &output)
        guard headers.mayHoldConnectionFields else { return headers.appendWireFormat(to: &output) }
        var others = headers
        for name in ownFields { others.remove(name) }
        others.appendWireFormat(to: &output)
    }

    /// Fields that only the connection may set.
    private static let ownFields = [
        "Connection", "Content-Length", "Transfer-Encoding", "Date", "Keep-Alive", "Upgrade", "Trailer",
    ]

    static func contentLength(_ length: Int, into output: inout [UInt8]) {
        output.append(contentsOf: "Content-Length: ".utf8)
        decimal(length, into: &output)
        lineEnd(into: &output)
    }

    static func chunked(into output: inout [UInt8]) {
        output.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
    }

    /// `Date`, `Connection` where it differs from the version's default, and the empty line.
    static func end(_ date: borrowing HTTPDate, keepAlive: Bool, minorVersion: UInt8, into output: inout [UInt8]) {
        output.append(contentsOf: date.line)
        if !keepAlive {
            output.append(contentsOf: "Connection: close\r\n".utf8)
        } else if minorVersion == 0 {
            output.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        }
        lineEnd(into: &output)
    }

    /// A whole response after which the connection closes, content and all.
    static func lastResponse(_ response: Response, _ date: borrowing HTTPDate, into output: inout [UInt8]) {
        let body: [UInt8] = if case .bytes(let bytes) = response.body { bytes } else { [] }
        begin(response.status, response.headers, into: &output)
        contentLength(body.count, into: &output)
        end(date, keepAlive: false, minorVersion: 1, into: &output)
        output.append(contentsOf: body)
    }

    static func lastChunk(into output: inout [UInt8]) {
        output.append(contentsOf: "0\r\n\r\n".utf8)
    }

    static func lineEnd(into output: inout [UInt8]) {
        output.append(HTTP1Bytes.carriageReturn)
        output.append(HTTP1Bytes.lineFeed)
    }

    static func decimal(_ number: Int, into output: inout [UInt8]) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        var rest = number
        while divisor > 0 {
            output.append(UInt8(truncatingIfNeeded: 0x30 + rest / divisor))
            rest %= divisor
            divisor /= 10
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
