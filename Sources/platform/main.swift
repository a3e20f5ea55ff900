// Imported for its link: jemalloc replaces malloc in this program (docs/decisions/0005-c-libraries.md).
import CLockstepJemalloc
import FoundationEssentials
import Glibc
import PlatformAssembly

// Writing to a peer that is gone is an error of that write, not the end of the process.
signal(SIGPIPE, SIG_IGN)
let code = await Command.run(
    Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
exit(code.rawValue)
