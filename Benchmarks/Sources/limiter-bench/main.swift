// What a rate limit costs a request: nanoseconds of CPU a request, on an event loop as in the server, every client another one in turn.
// usage: swift run -c release --package-path Benchmarks limiter-bench [DECISIONS]
import Glibc
import LockstepEventLoop
import LockstepRuntime
import LockstepServer

let table = #"""
    {"format":1,
     "schemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}},
     "operations":[
     {"id":"none","method":"GET","path":"/none","responses":[{"status":"200"}],"extensions":{"x-ratelimit":"none"}},
     {"id":"open","method":"GET","path":"/open","responses":[{"status":"200"}]},
     {"id":"list","method":"GET","path":"/list","responses":[{"status":"200"}],"security":[[{"scheme":"key","needs":[]}]]},
     {"id":"login","method":"POST","path":"/login","responses":[{"status":"200"}],"extensions":{"x-ratelimit":"credential"}}
     ]}
    """#
let validators = try SchemaCompiler(resources: [:]).compile([])
let routes = try RouteTable(parsing: Array(table.utf8), validators: validators).routes
let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 300_000
let limiter = RateLimiter(profile: .standard)

/// As many clients as the store keeps, in turn, so that most decisions find theirs.
let clients = (0..<8_192).map { number in
    (
        context: RequestContext(remoteAddress: "10.\(number >> 8).\(number & 255).7"),
        principal: Principal(subject: "00000000-0000-4000-8000-\(100_000_000_000 + number)", roles: ["CUSTOMER"]),
        login: Request(
            .post, "/login",
            body: .bytes(Array(#"{"email":"user\#(number)@example.com","password":"correct horse battery"}"#.utf8)))
    )
}
let get = Request(.get, "/list")

/// The CPU time of the calling thread in nanoseconds.
func threadTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

func measure(_ name: String, _ count: Int, _ decide: @Sendable (Int) async throws -> Void) async {
    for number in 0..<8_192 { try? await decide(number) }
    let start = threadTime()
    for number in 0..<count { try? await decide(number & 8_191) }
    print("\(name): \((threadTime() - start) / count) ns")
}

let group = try EventLoopGroup(count: 1)
await Task(executorPreference: group.loops[0]) { [limiter, clients, routes, get] in
    await measure("nothing", count) { _ in }
    await measure("no limit", count) { number in
        _ = try await limiter.admit(get, to: routes[0], clients[number].context)
    }
    await measure("by address", count) { number in
        _ = try await limiter.admit(get, to: routes[1], clients[number].context)
    }
    await measure("by caller, asked before and after security", count) { number in
        let client = clients[number]
        _ = try await limiter.admit(get, to: routes[2], client.context)
        _ = try await limiter.admit(get, to: routes[2], by: client.principal, client.context)
    }
    // Four for each client: with the one before, the five that are allowed.
    await measure("login: by account, failures, address", 4 * 8_192) { number in
        _ = try await limiter.admit(clients[number].login, to: routes[3], clients[number].context)
    }
}.value
group.stop()
