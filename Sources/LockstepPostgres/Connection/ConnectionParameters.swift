internal import CLockstepPQ
internal import Glibc

/// libpq's connection keywords, from a URL or a conninfo string.
struct ConnectionParameters: Sendable {
    private(set) var values: [String: String]

    /// Parses `postgresql://…` or `host=… dbname=…`; throws ``PostgresError`` without repeating the text, which holds a
    /// password.
    init(parsing text: String) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            PQfreemem(message)
            throw PostgresError(.invalidConfiguration, "the connection string does not parse")
        }
        defer { PQconninfoFree(options) }
        values = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
    }

    subscript(_ keyword: String) -> String? {
        get { values[keyword] }
        set { values[keyword] = newValue }
    }

    /// Sets a value unless the connection string has one.
    mutating func setDefault(_ keyword: String, _ value: String) {
        if values[keyword] == nil { values[keyword] = value }
    }

    /// Adds `-c name=value` to what the server is told at the start of a session.
    mutating func addServerSetting(_ name: String, _ value: String) {
        let setting = "-c \(name)=\(value.replacing("\\", with: "\\\\").replacing(" ", with: "\\ "))"
        values["options"] = values["options"].map { "\($0) \(setting)" } ?? setting
    }

    /// Whether a host name has to be looked up.
    var needsResolving: Bool {
        values["hostaddr"] == nil && !hosts.allSatisfy { $0.isEmpty || $0.hasPrefix("/") || $0.hasPrefix("@") }
    }

    /// Looks up every host, so that libpq need not. Blocks: for the blocking pool. A name with several addresses becomes
    /// several hosts, which libpq tries in order.
    func resolved() throws(PostgresError) -> ConnectionParameters {
        guard needsResolving else { return self }
        let ports = (values["port"] ?? "5432").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var names: [String] = []
        var addresses: [String] = []
        var chosenPorts: [String] = []
        for (index, host) in hosts.enumerated() {
            let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : "5432"
            let isPath = host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@")
            for address in isPath ? [""] : ConnectionParameters.addresses(of: host) {
                names.append(host)
                addresses.append(address)
                chosenPorts.append(port)
            }
        }
        guard !names.isEmpty else { throw PostgresError(.connectFailed, "the database's host name cannot be resolved") }
        var resolved = self
        resolved.values["host"] = names.joined(separator: ",")
        resolved.values["hostaddr"] = addresses.joined(separator: ",")
        resolved.values["port"] = chosenPorts.joined(separator: ",")
        return resolved
    }

    private var hosts: [String] {
        (values["host"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    private static func addresses(of host: String) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [String] = []
        var next = list
        while let entry = next?.pointee, found.count < 16 {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            if getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
            {
                let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                found.append(String(decoding: bytes, as: UTF8.self))
            }
            next = entry.ai_next
        }
        return found
    }

    /// Calls `body` with libpq's NULL-terminated arrays.
    func withKeywordsAndValues<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        let pairs = values.sorted { $0.key < $1.key }
        // strdup'ed here and freed below; libpq copies what it keeps.
        let keywords = pairs.map { UnsafePointer(strdup($0.key)) } + [nil]
        let texts = pairs.map { UnsafePointer(strdup($0.value)) } + [nil]
        defer {
            for pointer in keywords + texts { free(UnsafeMutablePointer(mutating: pointer)) }
        }
        return body(keywords, texts)
    }
}
