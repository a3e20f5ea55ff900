// A server's API speaks of loops, requests and responses: who imports it needs these too.
@_exported public import LockstepEventLoop
@_exported public import LockstepRuntime
