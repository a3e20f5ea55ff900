#!/usr/bin/env bash
# Fuzzes what takes bytes from strangers with libFuzzer, two targets at a time. Part of make full.
# usage: scripts/fuzz.sh [TARGET…]           json document union form multipart items parameters (all by default)
#        LOCKSTEP_FUZZ_SECONDS=600           how long each
# What breaks a rule stays in .build/fuzz/found; mend it, and keep it as Tests/Fixtures/fuzz/TARGET/WHAT-IT-STOPS.
set -uo pipefail
cd "$(dirname "$0")/.."
targets=("$@")
[ $# -gt 0 ] || targets=(json document union form multipart items parameters)
seconds=${LOCKSTEP_FUZZ_SECONDS:-600}
scratch=$PWD/.build/fuzz
mkdir -p "$scratch/found"

# Every module counts what it runs, the generator that the build itself runs included, so each program needs libFuzzer's
# counters; without its main, since SwiftPM names ours. gold does not survive this.
libfuzzer=$(clang -print-resource-dir)/lib/linux/libclang_rt.fuzzer_no_main-x86_64.a
options=(-c release --scratch-path "$scratch" -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld -Xlinker "$libfuzzer" -Xlinker -lstdc++)
LOCKSTEP_FUZZ=1 swift build "${options[@]}" --product fuzz >"$scratch/build.log" 2>&1 || {
    tail -n 30 "$scratch/build.log"
    exit 1
}
program=$(LOCKSTEP_FUZZ=1 swift build "${options[@]}" --show-bin-path)/fuzz

fuzz() {
    local target=$1 inputs=$scratch/inputs/$1 seeds=(Tests/Fixtures/fuzz/"$1")
    mkdir -p "$inputs"
    [ "$target" != document ] || seeds+=("$documents")
    # Without Swift's own backtraces, which come between a crash and the input that libFuzzer keeps.
    SWIFT_BACKTRACE=enable=no FUZZ_TARGET=$target "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=16384 \
        -artifact_prefix="$scratch/found/$target-" "$inputs" "${seeds[@]}" >"$scratch/$target.log" 2>&1 || {
        echo "fuzz: $target found something; see $scratch/$target.log" >&2
        grep -m 3 -E 'Fatal error|ERROR|Test unit written' "$scratch/$target.log" >&2
        return 1
    }
    echo "$target: $(grep -oE 'Done [0-9]+ runs in [0-9]+ second' "$scratch/$target.log" | tail -1)s," \
        "$(find "$inputs" -type f | wc -l) inputs"
}

# The documents of the golden cases are good seeds.
documents=$(mktemp -d)
trap 'rm -rf "$documents"' EXIT
for folder in Tests/Fixtures/golden/*/; do cp "$folder/openapi.yaml" "$documents/$(basename "$folder")" 2>/dev/null; done

result=0
for ((index = 0; index < ${#targets[@]}; index += 2)); do
    running=()
    for target in "${targets[@]:index:2}"; do
        fuzz "$target" &
        running+=($!)
    done
    for process in "${running[@]}"; do wait "$process" || result=1; done
done
exit $result
