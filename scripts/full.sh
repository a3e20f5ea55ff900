#!/usr/bin/env bash
# make full: what is too slow for every change. Says how long each part took.
# usage: scripts/full.sh [PART…]     parts: thread address fuzz corpus schemathesis (all by default)
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh full
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(thread address fuzz corpus schemathesis)

export LOCKSTEP_CLUSTER=$PWD/.local/test-postgres
trap 'scripts/database.sh stop' EXIT
LOCKSTEP_TEST_DATABASE_URL=$(scripts/database.sh start)
export LOCKSTEP_TEST_DATABASE_URL

# A sanitized test run has its own build folder, so that the ordinary one stays warm.
sanitized() { swift test --sanitize="$1" --scratch-path ".build/$1"; }

times=()
for part in "${parts[@]}"; do
    start=$SECONDS
    echo "== $part"
    case $part in
    thread) TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/scripts/tsan-suppressions.txt" sanitized thread ;;
    address) ASAN_OPTIONS="detect_leaks=0" sanitized address ;;
    fuzz) LOCKSTEP_FUZZ_SECONDS=${LOCKSTEP_FUZZ_SECONDS:-120} swift test --filter Fuzz ;;
    corpus) scripts/corpus.sh ;;
    schemathesis) swift build --product platform && scripts/schemathesis.sh ;;
    *) echo "full: unknown part '$part'" >&2; exit 64 ;;
    esac
    times+=("$part: $((SECONDS - start)) s")
done
printf '== %s\n' "${times[@]}"
