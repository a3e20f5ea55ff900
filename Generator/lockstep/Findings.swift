import LockstepDocument
import LockstepEmit

/// Prints what was found about a document.
enum Findings {
    static func report(_ diagnostics: [Diagnostic], folder: String) {
        for diagnostic in diagnostics {
            Console.printError(diagnostic.rendered(relativeTo: folder == "." ? nil : folder))
        }
    }
}
