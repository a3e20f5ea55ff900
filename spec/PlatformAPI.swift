// The build plugin adds the types, protocols and tables of the document beside this file to this target.
@_exported public import LockstepRuntime
