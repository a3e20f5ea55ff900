public import LockstepJSON

/// The elements of a validated array.
public struct ValidElements: Sequence, IteratorProtocol, Sendable {
    @usableFromInline let storage: ValidStorage
    @usableFromInline var position: Int
    @usableFromInline let end: Int
    @usableFromInline var frame: Int

    @usableFromInline
    init(_ json: ValidJSON) {
        storage = json.storage
        position = json.index + 1
        end = json.index >= 0 && json.word.isArray ? json.word.end : position
        frame = json.frame
    }

    @usableFromInline
    init(_ json: ValidJSON, after count: Int) {
        let first = json[count]
        storage = json.storage
        end = json.index >= 0 && json.word.isArray ? json.word.end : 0
        position = first.isPresent ? first.index : end
        frame = first.frame
    }

    /// The next element.
    @inlinable
    public mutating func next() -> ValidJSON? {
        guard position < end else { return nil }
        defer { position = storage.document.indexAfter(position) }
        if frame == 0 { return ValidJSON(storage, index: position, frame: 0) }
        defer { frame += 1 }
        return ValidJSON(storage, index: position, frame: storage.frame(frame))
    }
}

/// The members of a validated map, or the additional ones of an object.
public struct ValidMembers: Sequence, IteratorProtocol, Sendable {
    @usableFromInline let storage: ValidStorage
    @usableFromInline var position: Int
    @usableFromInline let end: Int
    @usableFromInline var frame: Int
    /// Additional members are listed in the frame: index and frame of each, from `position` to `end`.
    @usableFromInline let isListed: Bool

    @usableFromInline
    init(_ json: ValidJSON) {
        storage = json.storage
        position = json.index + 1
        end = json.index >= 0 && json.word.isObject ? json.word.end : position
        frame = json.frame
        isListed = false
    }

    @usableFromInline
    init(_ json: ValidJSON, after count: Int) {
        storage = json.storage
        frame = json.frame
        position = json.frame + count * 2 + 1
        end = position + storage.frame(position - 1) * 2
        isListed = true
    }

    /// The next member.
    @inlinable
    public mutating func next() -> (key: String, value: ValidJSON)? {
        guard position < end else { return nil }
        if isListed {
            let index = storage.frame(position) - 1
            let value = ValidJSON(storage, index: index, frame: storage.frame(position + 1))
            position += 2
            return (storage.document.text(of: storage.document.word(index - 1)), value)
        }
        let key = storage.document.text(of: storage.document.word(position))
        let index = position + 1
        position = storage.document.indexAfter(index)
        if frame == 0 { return (key, ValidJSON(storage, index: index, frame: 0)) }
        defer { frame += 1 }
        return (key, ValidJSON(storage, index: index, frame: storage.frame(frame)))
    }
}
