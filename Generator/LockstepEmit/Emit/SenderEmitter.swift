import LockstepDocument

/// Writes what sends the webhooks, or the callbacks, of a document: one function a message.
struct SenderEmitter {
    let plan: Plan

    func emit(_ sender: SenderPlan) -> SourceText {
        let messages = sender.messages.map { plan.messages[$0] }
        return """
            // MARK: - \(sender.name)

            /// \(sender.documentation) What is sent is checked first, and what is answered is checked and decoded.
            ///
            /// Throws `OutgoingError` where a message does not match the document, its URL is not allowed, or nobody answers.
            public struct \(sender.name): Sendable {
                private let sender: MessageSender

                public init(sender: MessageSender) {
                    self.sender = sender
                }

                \(SourceText(blocks: messages.map(function)))
            }
            """
    }

    private func function(_ message: OperationPlan) -> SourceText {
        let type = message.typeName
        let arguments = ["_ input: \(type).Input", "to url: String"]
        let signature = ArgumentList.make(
            "public func \(SwiftName.escaped(message.functionName))(", arguments, ") async throws -> \(type).Output {",
            indent: 4)
        return """
            \(OperationEmitter.documentation(message, width: 106))
            \(message.operation.isDeprecated ? "@available(*, deprecated)" : "")
            \(signature)
                var message: MessageWriter = MessageWriter(\(type).message)
                input.write(to: &message)
                let response: ReceivedResponse = try await sender.send(message, to: url)
                return \(type).Output(response)
            }
            """
    }
}
