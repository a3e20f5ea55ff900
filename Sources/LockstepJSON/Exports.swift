// `UUID` is Foundation's, so that values pass to and from other Swift code unchanged. The scoped re-export gives clients
// the type and its members without an import of their own, and without the rest of Foundation.
@_exported public import struct FoundationEssentials.UUID
