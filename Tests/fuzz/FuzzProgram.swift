import FuzzTargets
import Glibc

/// libFuzzer's entry points, as C has them. `FUZZ_TARGET` names the target. SwiftPM calls the program's own `main`
/// `fuzz_main`, which hands the command line on.
private let target: FuzzTarget = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        print("fuzz: FUZZ_TARGET must be one of \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
        exit(64)
    }
    return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // libFuzzer lends `count` bytes for the time of the call.
    target.run(Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<CommandLineWords?>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

public typealias CommandLineWords = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

@_cdecl("fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: CommandLineWords?) -> CInt {
    var count = count
    var arguments = arguments
    return runDriver(&count, &arguments, testOneInput)
}
