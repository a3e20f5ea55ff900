import ConformanceSupport
import Foundation
import LockstepRuntime

/// usage: prepare SUITE OWN FOLDER
///
/// Writes a folder a document, and `Tables.swift`, which asks all of them for their types.
@main struct Prepare {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else {
            print("usage: prepare SUITE OWN FOLDER")
            exit(64)
        }
        let suite = try Suite(arguments[1], own: arguments[2])
        let root = URL(filePath: arguments[3])
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        var imports = ""
        var cases = ""
        for part in Part.all {
            var packing = Packing()
            for file in try suite.files(part) {
                for group in file.groups where Part.withoutDocument[group.name] == nil { packing.add(group) }
            }
            var calls = ""
            for (index, document) in packing.documents.enumerated() {
                let module = "\(part.name)\(index)"
                try DocumentWriter(
                    part: part, module: module, document: document, suite: suite,
                    folder: root.appending(path: module)
                ).write()
                imports += "import \(module)\n"
                calls += "        add\(module)(to: &subjects)\n"
                print(module)
            }
            cases += "    case \"\(part.name)\":\n\(calls)"
        }
        let table = """
            import ConformanceSupport
            \(imports)
            /// The generated types of a part.
            func subjects(of part: String) -> Subjects {
                var subjects = Subjects()
                switch part {
            \(cases)    default: break
                }
                return subjects
            }

            """
        try Data(table.utf8).write(to: root.appending(path: "Tables.swift"))
    }
}
