// The command line tool for people and CI: `lockstep generate | check | bundle | completion`.
//
// Findings go to the standard error as `file:line:column: severity: what [#/json/pointer] (hint)`.
// Exit codes: 0 done, 1 the document has errors, 2 wrong use.

import LockstepEmit

Console.exit(CommandLineTool.run(Array(CommandLine.arguments.dropFirst())))
