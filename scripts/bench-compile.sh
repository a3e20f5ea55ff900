#!/usr/bin/env bash
# make bench-compile: what generated code costs to make and to compile; see Benchmarks/harness/compile_bench.py.
# usage: scripts/bench-compile.sh [--debug] [--release] [DOCUMENT…]
#        documents are paths, names in $LOCKSTEP_CORPUS/openapi, or `spec`: by default the three largest and `spec`
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/release.sh
swift build "${release_options[@]}" --product lockstep-generate >&2
LOCKSTEP_GENERATE=$(swift build "${release_options[@]}" --show-bin-path)/lockstep-generate
BENCH_WORK=$PWD/.build/bench-compile
mkdir -p "$BENCH_WORK"
export LOCKSTEP_GENERATE BENCH_WORK
exec python3 Benchmarks/harness/compile_bench.py "$@"
