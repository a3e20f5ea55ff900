# Runs every test target under a sanitizer. Sourced by scripts/full.sh.

# sanitized thread|address: builds all tests in a folder of their own, then runs one target after the other, each with a
# time limit; a report fails the target even where its tests pass.
sanitized() {
    local kind=$1 scratch=$PWD/.build/$1 reports=$PWD/.build/$1/reports
    mkdir -p "$reports"
    # What is allocated for the life of the process hangs on pointers with tag bits, which the leak checker cannot follow.
    export ASAN_OPTIONS="detect_leaks=0"
    export TSAN_OPTIONS="halt_on_error=0 exitcode=66 history_size=4 suppressions=$PWD/scripts/tsan-suppressions.txt"
    local preload=
    if [ "$kind" = thread ]; then
        preload=$reports/mutex.so
        clang -O1 -Wall -Werror -shared -fPIC -o "$preload" scripts/lib/tsan-mutex.c || return 1
        understood "$reports" "$preload" || return 1
    fi
    local start=$SECONDS result=0 target
    swift build --build-tests --sanitize="$kind" --scratch-path "$scratch" >"$reports/build.log" 2>&1 || {
        tail -n 30 "$reports/build.log"
        return 1
    }
    echo "   build: $((SECONDS - start)) s"
    for target in $(test_targets); do
        sanitized_target "$kind" "$scratch" "$reports" "$target" "$preload" || result=1
    done
    return $result
}

sanitized_target() {
    local kind=$1 scratch=$2 reports=$3 target=$4 preload=$5 start=$SECONDS status=0
    LD_PRELOAD=$preload timeout 900 swift test --skip-build --sanitize="$kind" --scratch-path "$scratch" \
        --filter "^$target\." >"$reports/$target.log" 2>&1 || status=$?
    local found
    found=$(grep -cE 'WARNING: ThreadSanitizer|ERROR: AddressSanitizer' "$reports/$target.log" || true)
    echo "   $target: $((SECONDS - start)) s, $found reports$([ $status -eq 0 ] || echo ", FAILED (exit $status)")"
    [ $status -eq 0 ] && [ "$found" -eq 0 ] && return 0
    grep -E 'SUMMARY: |recorded an issue|Fatal error' "$reports/$target.log" | sort | uniq -c | head -n 20
    echo "   see $reports/$target.log"
    return 1
}

test_targets() {
    swift package describe --type json | python3 -c '
import json, sys
print(*sorted(t["name"] for t in json.load(sys.stdin)["targets"] if t["type"] == "test"))'
}

# understood REPORTS PRELOAD: shows with small programs that what is suppressed or explained is the toolchain's own, and that
# a real race is still found. An explanation that is needed no longer is a note, so that it gets removed.
understood() {
    local reports=$1 preload=$2 name
    for name in mutex continuation race; do
        swiftc -g -sanitize=thread -parse-as-library -o "$reports/$name" "Tests/sanitizers/$name.swift" || return 1
    done
    quiet env TSAN_OPTIONS= "$reports/mutex" &&
        echo "   note: Thread Sanitizer understands Mutex by itself now: remove scripts/lib/tsan-mutex.c"
    quiet env TSAN_OPTIONS= "$reports/continuation" &&
        echo "   note: Thread Sanitizer understands continuations by itself now: remove scripts/tsan-suppressions.txt"
    quiet env LD_PRELOAD="$preload" "$reports/mutex" || { echo "   Mutex is reported in spite of the preload"; return 1; }
    quiet "$reports/continuation" || { echo "   a continuation is reported in spite of the suppression"; return 1; }
    if quiet env LD_PRELOAD="$preload" "$reports/race"; then
        echo "   a real race is not reported"
        return 1
    fi
    echo "   a real race is found; Mutex and continuations are understood"
}

# quiet COMMAND…: whether the program runs without a report.
quiet() {
    local output
    output=$(timeout 60 "$@" 2>&1) || true
    [[ $output != *"WARNING: ThreadSanitizer"* ]]
}
