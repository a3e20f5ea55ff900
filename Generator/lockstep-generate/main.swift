// What LockstepPlugin runs: reads the document of a target and writes the Swift files that the plugin has announced.
//
//     lockstep-generate --folder DIR --output DIR --shards N --input FILE...
//
// Findings go to the standard error as `file:line:column: error: …`, which SwiftPM and editors show in place.
// Exit codes: 0 generated, 1 the document has errors, 2 wrong use.

import LockstepEmit

Console.exit(GenerateCommand.run(Array(CommandLine.arguments.dropFirst())))
