public import LockstepJSON

extension Timestamp: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `timestamp with time zone`
    public static var postgresType: PostgresType { .timestamptz }
    /// `timestamp with time zone[]`
    public static var postgresArrayType: PostgresType { .timestamptzArray }

    /// 1 January 2000, from which the server counts, in seconds after 1970.
    private static let serverEpoch: Int64 = 946_684_800

    /// Microseconds since 2000; what is finer is rounded down.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(bigEndian: microseconds - Timestamp.serverEpoch * 1_000_000)
    }

    /// Reads `timestamp with time zone`. A `timestamp` without zone is no instant and is refused.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        guard cell.type == .timestamptz else { throw .typeMismatch }
        let value = try cell.integer(as: Int64.self)
        let (microseconds, overflow) = value.addingReportingOverflow(Timestamp.serverEpoch * 1_000_000)
        let seconds = microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
        guard !overflow, value != .min, value != .max, Timestamp.secondsRange.contains(seconds) else {
            throw .unrepresentable("the instant is infinite or outside the years 0 to 9999")
        }
        self.init(microseconds: microseconds)
    }
}

extension CalendarDate: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `date`
    public static var postgresType: PostgresType { .date }
    /// `date[]`
    public static var postgresArrayType: PostgresType { .dateArray }

    /// 1 January 2000 in days after 1970.
    private static let serverEpoch = 10_957

    /// Days since 2000.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(bigEndian: Int32(daysSince1970 - CalendarDate.serverEpoch))
    }

    /// Reads `date`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        guard cell.type == .date else { throw .typeMismatch }
        let days = try cell.integer(as: Int32.self)
        guard let date = CalendarDate(daysSince1970: Int(days) + CalendarDate.serverEpoch) else {
            throw .unrepresentable("the date is infinite or outside the years 0 to 9999")
        }
        self = date
    }
}
