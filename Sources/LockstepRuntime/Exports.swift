// Generated code and handlers import LockstepRuntime only.
@_exported public import LockstepJSON
@_exported public import LockstepSchema
