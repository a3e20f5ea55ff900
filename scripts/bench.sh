#!/usr/bin/env bash
# make bench: see Benchmarks/harness/bench.py. BENCH_SECONDS and BENCH_ROUNDS make it longer or shorter.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh bench
. scripts/lib/release.sh

echo "bench: building for release"
swift build "${release_options[@]}" --product platform
swift build "${release_options[@]}" --package-path Benchmarks

BENCH_WORK=$(mktemp -d)
export BENCH_WORK LOCKSTEP_CLUSTER=$PWD/.local/bench-postgres
chmod 755 "$BENCH_WORK"
finish() {
    psql "$owner_url" -qAtc "drop database if exists bench with (force)" || true
    scripts/database.sh stop || true
    rm -rf "$BENCH_WORK"
}
owner_url=$(scripts/database.sh start)
trap finish EXIT
psql "$owner_url" -qAtc "drop database if exists bench with (force)" 2>/dev/null
psql "$owner_url" -qAtc "create database bench"
DATABASE_URL=${owner_url/\/platform?/\/bench?}
PLATFORM=$(swift build "${release_options[@]}" --show-bin-path)/platform
benchmarks=$(swift build "${release_options[@]}" --package-path Benchmarks --show-bin-path)
export DATABASE_URL PLATFORM BENCH_SERVER=$benchmarks/BenchServer JSON_BENCH=$benchmarks/json-bench
.local/python/bin/python Benchmarks/harness/bench.py
