import Foundation
import LockstepRuntime

/// A text that both sides read and write, at its size: what is told is megabytes of it a second.
struct Comparison<Ours: JSONCoded, Theirs: Codable> {
    let name: String
    let bytes: [UInt8]
    let data: Data
    let entry: ValidatorEntry
    let ours: Ours
    let theirs: Theirs
    let decoder: JSONDecoder
    let encoder: JSONEncoder

    init(_ name: String, _ text: String, _ entry: ValidatorEntry, _: Ours.Type, _: Theirs.Type) throws {
        self.name = name
        bytes = Array(text.utf8)
        data = Data(bytes)
        self.entry = entry
        let result = entry.validate(try JSONDocument.parse(bytes))
        guard case .valid(let json) = result else { fatalError("\(name) does not fit: \(result.failures)") }
        ours = Ours(json)
        decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .fractional
        encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .fractional
        theirs = try decoder.decode(Theirs.self, from: data)
    }

    private func parse() throws -> Int { try JSONDocument.parse(bytes).root.count | 1 }

    func decode() throws -> Int {
        guard case .valid(let json) = entry.validate(try JSONDocument.parse(bytes)) else { return 0 }
        return keep(Ours(json))
    }

    func encode() throws -> Int { try ours.encoded().count }

    private func foundationDecode() throws -> Int {
        return keep(try decoder.decode(Theirs.self, from: data))
    }

    private func foundationEncode() throws -> Int { try encoder.encode(theirs).count }

    /// The lines of the report.
    func report() throws -> String {
        // About as long for each text, whatever its size.
        let count = max(1, 100_000 / bytes.count)
        let read = try measure(count, rounds: 30, decode)
        let theirRead = try measure(max(1, count / 8), rounds: 10, foundationDecode)
        let written = try measure(count, rounds: 30, encode)
        let theirWritten = try measure(max(1, count / 8), rounds: 10, foundationEncode)
        return """
            \(name), \(bytes.count) bytes: parse \(speed(try measure(count, rounds: 30, parse)))
              decode + validate \(speed(read)), Foundation \(speed(theirRead)), \(ratio(theirRead, read)) times as fast
              encode \(speed(written)), Foundation \(speed(theirWritten)), \(ratio(theirWritten, written)) times as fast
            """
    }

    private func speed(_ nanoseconds: Double) -> String { "\(Int(Double(bytes.count) / nanoseconds * 1000)) MB/s" }

    private func ratio(_ theirs: Double, _ ours: Double) -> String { String(format: "%.1f", theirs / ours) }
}
