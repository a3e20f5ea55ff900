import Glibc

/// CPU time, memory and open files of the process, under the names that Prometheus' own clients use.
enum ProcessMetrics {
    static func register(in registry: MetricsRegistry, startTime: Double) {
        registry.add(.counter, "process_cpu_seconds_total", "CPU time used, user and system.") { cpuSeconds() }
        registry.add(.gauge, "process_resident_memory_bytes", "Memory in use.") { residentBytes() }
        registry.add(.gauge, "process_open_fds", "Open file descriptors.") { openFiles() }
        registry.add(.gauge, "process_start_time_seconds", "Start of the process, Unix time.") { startTime }
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The second number of `/proc/self/statm`, in pages.
    private static func residentBytes() -> Double {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = unsafe read(file, &bytes, bytes.count)
        guard count > 0 else { return 0 }
        let numbers = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ")
        guard numbers.count > 1, let pages = Double(numbers[1]) else { return 0 }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func openFiles() -> Double {
        guard let folder = unsafe opendir("/proc/self/fd") else { return 0 }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        // Without `.`, `..` and the folder's own descriptor.
        return Double(max(0, count - 3))
    }
}
