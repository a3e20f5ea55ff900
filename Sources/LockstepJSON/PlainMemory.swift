import Glibc

/// Memory for numbers, straight from `malloc`.
///
/// `UnsafeMutablePointer.allocate` goes the way of large alignments in Swift's runtime, which costs twice as much.
package enum PlainMemory {
    /// Uninitialised memory; whoever holds it frees it with `free`.
    package static func allocate<Element: BitwiseCopyable>(
        _ type: Element.Type, capacity: Int
    ) -> UnsafeMutablePointer<Element> {
        let (size, overflow) = capacity.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        // `malloc` aligns for every element of at most 16 bytes.
        guard !overflow, MemoryLayout<Element>.alignment <= 16, let memory = malloc(size) else {
            fatalError("out of memory")
        }
        return memory.bindMemory(to: type, capacity: capacity)
    }

    /// Gives memory back. Nothing may use it afterwards.
    package static func free<Element: BitwiseCopyable>(_ memory: UnsafeMutablePointer<Element>) {
        Glibc.free(memory)
    }
}
