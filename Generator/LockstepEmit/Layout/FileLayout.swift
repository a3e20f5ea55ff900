/// Divides the output into files.
struct FileLayout {
    let plan: Plan
    let contract: ContractEmitter
    /// What the header says the file was made from.
    let source: String

    private var coding: Coding { Coding(plan: plan) }

    // MARK: Shards

    /// Files with fixed names, for the build plugin: a type or operation lies in the shard that its name's hash gives, in
    /// document order, so an edit changes the files of what was edited and no others.
    func shards(_ count: Int, _ parts: Set<GeneratorOptions.Part>) -> [GeneratedFile] {
        var files: [GeneratedFile] = []
        let types = Self.shards(plan.types, count) { $0.name }
        let shared = Self.shards(plan.shared, count) { $0.path }
        let operations = Self.shards(plan.operations, count) { $0.typeName }
        let messages = Self.shards(plan.messages, count) { $0.typeName }
        let namespace = StableHash.shard(of: Sharing.namespace, count: count)
        for index in 0..<count {
            let blocks =
                typeBlocks(types[index]) + [index == namespace ? sharedNamespace : ""] + sharedBlocks(shared[index])
            let operationBlocks = operationBlocks(operations[index]) + messageBlocks(messages[index])
            files.append(file("Types_\(Self.number(index))", parts.contains(.types) ? blocks : []))
            files.append(file("Operations_\(Self.number(index))", parts.contains(.server) ? operationBlocks : []))
        }
        return files + serverFiles(parts)
    }

    private static func shards<Element>(
        _ elements: [Element], _ count: Int, name: (Element) -> String
    ) -> [[Element]] {
        var shards = [[Element]](repeating: [], count: count)
        for element in elements { shards[StableHash.shard(of: name(element), count: count)].append(element) }
        return shards
    }

    /// The names of the files of `shards`, in the order that the plugin declares them.
    static func shardNames(_ count: Int) -> [String] {
        (0..<count).flatMap { ["Types_\(number($0)).swift", "Operations_\(number($0)).swift"] }
            + ["APIs.swift", "Contract.swift"]
    }

    private static func number(_ index: Int) -> String {
        index < 10 ? "0\(index)" : String(index)
    }

    // MARK: Files to read

    /// One file a tag with its protocol and operations, one for the types: for reading and committing.
    func byTag(_ parts: Set<GeneratorOptions.Part>) -> [GeneratedFile] {
        var files: [GeneratedFile] = []
        let types = typeBlocks(plan.types) + [sharedNamespace] + sharedBlocks(plan.shared)
        if parts.contains(.types), types.contains(where: { !$0.isEmpty }) { files.append(file("Types", types)) }
        guard parts.contains(.server) else { return files }
        for api in plan.apis {
            let operations = api.operations.map { plan.operations[$0] }
            files.append(file(api.name, [APIEmitter(plan: plan).emit(api)] + operationBlocks(operations)))
        }
        for sender in plan.senders {
            let messages = sender.messages.map { plan.messages[$0] }
            files.append(file(sender.name, [SenderEmitter(plan: plan).emit(sender)] + messageBlocks(messages)))
        }
        let security = APIEmitter(plan: plan).security()
        if !security.isEmpty { files.append(file("SecurityAPI", [security])) }
        return files + [file("Contract", [contract.emit()], usesRuntime: true)]
    }

    // MARK: Contents

    private func serverFiles(_ parts: Set<GeneratorOptions.Part>) -> [GeneratedFile] {
        guard parts.contains(.server) else { return [file("APIs", []), file("Contract", [])] }
        let emitter = APIEmitter(plan: plan)
        return [
            file(
                "APIs",
                plan.apis.map(emitter.emit) + plan.senders.map(SenderEmitter(plan: plan).emit) + [emitter.security()]),
            file("Contract", [contract.emit()], usesRuntime: true),
        ]
    }

    private func typeBlocks(_ types: [Declaration]) -> [SourceText] {
        let emitter = DeclarationEmitter(coding: coding)
        return types.map { declaration in
            """
            // MARK: - \(declaration.name)

            \(emitter.emit(declaration))
            """
        }
    }

    private var sharedNamespace: SourceText {
        guard !plan.shared.isEmpty else { return "" }
        return """
            // MARK: - \(Sharing.namespace)

            /// The types that several places of the document describe alike. Each place has its own name for them.
            public enum \(Sharing.namespace) {}
            """
    }

    private func sharedBlocks(_ types: [Declaration]) -> [SourceText] {
        let emitter = DeclarationEmitter(coding: coding)
        return types.map { declaration in
            """
            extension \(Sharing.namespace) {
                \(emitter.emit(declaration, depth: 1))
            }
            """
        }
    }

    private func operationBlocks(_ operations: [OperationPlan]) -> [SourceText] {
        let emitter = OperationEmitter(coding: coding)
        return operations.map { operation in
            """
            // MARK: - \(operation.typeName)

            \(emitter.emit(operation))
            """
        }
    }

    private func messageBlocks(_ messages: [OperationPlan]) -> [SourceText] {
        let emitter = MessageEmitter(coding: coding)
        return messages.map { message in
            """
            // MARK: - \(message.typeName)

            \(emitter.emit(message))
            """
        }
    }

    /// `usesRuntime`: whether a public declaration has a type of the runtime, where that is known without looking.
    private func file(_ name: String, _ blocks: [SourceText], usesRuntime: Bool = false) -> GeneratedFile {
        let header = SourceText("// Generated by Lockstep \(Generator.version) from \(source). Do not edit.")
        let contents = SourceText(blocks: blocks)
        guard !contents.isEmpty else { return GeneratedFile(name: name + ".swift", contents: header.text + "\n") }
        // The compiler warns of a public import that no public declaration uses, as in a file of plain typealiases.
        let imports = SourceText(
            usesRuntime || mentionsRuntime(contents) ? "public import LockstepRuntime" : "import LockstepRuntime")
        let text: SourceText = """
            \(header)
            \(imports)

            \(contents)
            """
        return GeneratedFile(name: name + ".swift", contents: text.text + "\n")
    }

    private func mentionsRuntime(_ contents: SourceText) -> Bool {
        contents.text.utf8.split(separator: UInt8(ascii: "\n")).lazy
            .filter { !$0.drop { $0 == UInt8(ascii: " ") }.starts(with: "//".utf8) }
            .contains { line in
                line.split { !Self.isWord($0) }.contains { ReservedWords.runtimeTypes.contains(String($0) ?? "") }
            }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
        default: false
        }
    }
}
