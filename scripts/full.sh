#!/usr/bin/env bash
# make full: what is too slow for every change. Fails on any report, and says how long each part took.
# usage: scripts/full.sh [PART…]     parts: thread address fuzz corpus conformance schemathesis (all by default)
#        LOCKSTEP_FUZZ_SECONDS=600   how long libFuzzer works on each target, and the tests' own generators in all
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh full

# Tools leave locks and folders among the temporary files, SwiftPM with every call: they go with this folder. Other users may
# write in it, as in /tmp.
TMPDIR=$(mktemp -d)
export TMPDIR
chmod 1777 "$TMPDIR"
trap 'rm -rf "$TMPDIR"' EXIT

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(thread address fuzz corpus conformance schemathesis)

source scripts/lib/sanitizers.sh

# libFuzzer on what takes bytes from strangers, and new seeds for the tests that make their own inputs until the time is over; a
# failure names its seed.
fuzz() {
    scripts/fuzz.sh || return 1
    local end=$((SECONDS + ${LOCKSTEP_FUZZ_SECONDS:-600})) seed=$RANDOM first
    first=$seed
    swift build --build-tests || return 1
    while [ $SECONDS -lt $end ]; do
        LOCKSTEP_FUZZ_SEED=$seed swift test --skip-build --filter 'FuzzTests|mutatedInputNeverCrashes' >.build/fuzz.log 2>&1 || {
            tail -n 40 .build/fuzz.log
            echo "full: failed with LOCKSTEP_FUZZ_SEED=$seed" >&2
            return 1
        }
        seed=$((seed + 1))
    done
    echo "$((seed - first)) seeds from $first on"
}

schemathesis() { swift build --product platform && scripts/schemathesis.sh; }

failed=0
times=()
for part in "${parts[@]}"; do
    case $part in
    thread) run=(sanitized thread) ;;
    address) run=(sanitized address) ;;
    fuzz | schemathesis) run=("$part") ;;
    corpus | conformance) run=("scripts/$part.sh") ;;
    *) echo "full: unknown part '$part'" >&2; exit 64 ;;
    esac
    start=$SECONDS
    echo "== $part"
    # Every part runs, so that one look at the end shows everything.
    if "${run[@]}"; then result=passed; else result=FAILED failed=1; fi
    times+=("$part: $result, $((SECONDS - start)) s")
done
printf '== %s\n' "${times[@]}"
exit "$failed"
