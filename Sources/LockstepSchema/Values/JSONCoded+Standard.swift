public import LockstepJSON

extension String: JSONCoded {
    /// Reads a string.
    @inlinable public init(_ json: ValidJSON) { self = json.string }
    /// Writes a string.
    @inlinable public func write(to json: inout JSONWriter) { json.string(self) }
}

extension Bool: JSONCoded {
    /// Reads `true` or `false`.
    @inlinable public init(_ json: ValidJSON) { self = json.bool }
    /// Writes `true` or `false`.
    @inlinable public func write(to json: inout JSONWriter) { json.bool(self) }
}

extension Int: JSONCoded {
    /// Reads an integer.
    @inlinable public init(_ json: ValidJSON) { self = json.int }
    /// Writes an integer.
    @inlinable public func write(to json: inout JSONWriter) { json.int(self) }
}

extension Int32: JSONCoded {
    /// Reads an integer.
    @inlinable public init(_ json: ValidJSON) { self = json.int32 }
    /// Writes an integer.
    @inlinable public func write(to json: inout JSONWriter) { json.int(self) }
}

extension Int64: JSONCoded {
    /// Reads an integer.
    @inlinable public init(_ json: ValidJSON) { self = json.int64 }
    /// Writes an integer.
    @inlinable public func write(to json: inout JSONWriter) { json.int(self) }
}

extension Double: JSONCoded {
    /// Reads a number.
    @inlinable public init(_ json: ValidJSON) { self = json.double }
    /// Writes a number.
    @inlinable public func write(to json: inout JSONWriter) { json.double(self) }
}

extension Float: JSONCoded {
    /// Reads a number.
    @inlinable public init(_ json: ValidJSON) { self = json.float }
    /// Writes a number.
    @inlinable public func write(to json: inout JSONWriter) { json.float(self) }
}

extension Decimal: JSONCoded {
    /// Reads a decimal, from a number or a string.
    @inlinable public init(_ json: ValidJSON) { self = json.decimal }
    /// Writes a number. `DecimalString` writes a string.
    @inlinable public func write(to json: inout JSONWriter) { json.decimal(self) }
}

extension Timestamp: JSONCoded {
    /// Reads an RFC 3339 string.
    @inlinable public init(_ json: ValidJSON) { self = json.timestamp }
    /// Writes an RFC 3339 string in UTC.
    @inlinable public func write(to json: inout JSONWriter) { json.timestamp(self) }
}

extension CalendarDate: JSONCoded {
    /// Reads `YYYY-MM-DD`.
    @inlinable public init(_ json: ValidJSON) { self = json.date }
    /// Writes `YYYY-MM-DD`.
    @inlinable public func write(to json: inout JSONWriter) { json.date(self) }
}

extension UUID: JSONCoded {
    /// Reads 36 characters.
    @inlinable public init(_ json: ValidJSON) { self = json.uuid }
    /// Writes 36 characters in lower case.
    @inlinable public func write(to json: inout JSONWriter) { json.uuid(self) }
}

extension Base64: JSONCoded {
    /// Reads a base64 string.
    @inlinable public init(_ json: ValidJSON) { self.init(json.bytes) }
    /// Writes a base64 string.
    @inlinable public func write(to json: inout JSONWriter) { json.base64(bytes) }
}

extension JSONValue: JSONCoded {
    /// Reads anything.
    @inlinable public init(_ json: ValidJSON) { self = json.value }
    /// Writes anything.
    @inlinable public func write(to json: inout JSONWriter) { json.value(self) }
}

extension Array: JSONCoded where Element: JSONCoded {
    /// Reads an array.
    @inlinable
    public init(_ json: ValidJSON) {
        self = []
        reserveCapacity(json.count)
        // Not through an iterator, which would hold the storage once more for each element.
        var position = json.index &+ 1
        let end = json.storage.endOfElements(json.index)
        var frame = json.frame
        while position < end {
            append(Element(ValidJSON(json.storage, index: position, frame: frame == 0 ? 0 : json.storage.frame(frame))))
            if frame != 0 { frame &+= 1 }
            position = json.storage.indexAfter(position)
        }
    }

    /// Reads the elements that a tuple has beside those with a place of their own.
    @inlinable
    public init(_ elements: ValidElements) { self = elements.map { Element($0) } }

    /// Writes an array.
    @inlinable
    public func write(to json: inout JSONWriter) {
        json.beginArray()
        writeElements(to: &json)
        json.endArray()
    }

    /// Writes the elements into an array that is open.
    @inlinable
    public func writeElements(to json: inout JSONWriter) {
        for element in self { element.write(to: &json) }
    }
}

extension Dictionary: JSONCoded where Key == String, Value: JSONCoded {
    /// Reads a map.
    @inlinable
    public init(_ json: ValidJSON) { self.init(json.members) }

    /// Reads the members that an object has beside its properties.
    @inlinable
    public init(_ members: ValidMembers) {
        self = [:]
        for (key, value) in members { self[key] = Value(value) }
    }

    /// Writes an object with its names sorted, so that equal values give equal text.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        writeMembers(to: &json)
        json.endObject()
    }

    /// Writes the members, sorted by name, into an object that is open.
    public func writeMembers(to json: inout JSONWriter) {
        // One member, or none, is in order.
        if count <= 1 {
            for (key, value) in self {
                json.key(key)
                value.write(to: &json)
            }
            return
        }
        for (key, value) in sorted(by: { $0.key < $1.key }) {
            json.key(key)
            value.write(to: &json)
        }
    }
}

extension Optional: JSONCoded where Wrapped: JSONCoded {
    /// Reads a value or `null`.
    @inlinable public init(_ json: ValidJSON) { self = json.optional(Wrapped.self) }

    /// Writes a value or `null`.
    @inlinable
    public func write(to json: inout JSONWriter) {
        if let self { self.write(to: &json) } else { json.null() }
    }
}
