import LockstepDocument
@testable import LockstepEmit
import Synchronization
import Testing

@Suite("Progress")
struct ProgressTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    @Test("a line a stage when it ends, and the sum of them")
    func lines() {
        let lines = Lines()
        let clock = Mutex(0)
        let progress = Progress(
            now: {
                .milliseconds(
                    clock.withLock { time in
                        time += 5
                        return time
                    })
            }, print: { line in lines.all.withLock { $0.append(line) } })
        progress.begin(.read)
        progress.begin(.validators)
        progress.end()
        progress.end()
        progress.finish(Pipeline.Outcome())
        #expect(
            lines.all.withLock { $0 } == [
                "lockstep: read        5 ms", "lockstep: validators  5 ms", "lockstep: 10 ms",
            ])
    }
}
