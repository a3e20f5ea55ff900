#!/usr/bin/env bash
# make conformance: JSON-Schema-Test-Suite, draft 2020-12, answered in two ways: by the engine at run time, and by generated
# code. For the latter the suite's schemas become OpenAPI documents, which are generated, compiled with warnings as errors,
# and asked test by test; what a type has read it writes, and that must be valid again. A line a file with the counts.
# Fails when fewer tests pass than Tests/conformance/expected.tsv says; generated code may not accept what the engine
# refuses.
# usage: scripts/conformance.sh [--accept]     --accept writes the counts of this run to expected.tsv
# LOCKSTEP_BINARY names a lockstep that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
suite=${LOCKSTEP_CORPUS:-../shared/corpus}/json-schema-test-suite
if [ ! -d "$suite" ]; then
    echo "SKIPPED: corpus not found at $suite; set LOCKSTEP_CORPUS: no test of conformance was run" >&2
    exit 0
fi
expected=Tests/conformance/expected.tsv
own=Tests/conformance/openapi-3.0.json
work=.build/conformance
rm -rf "$work"
mkdir -p "$work/modules"

# Runs a part, whose commands are joined by &&: its result is the part's.
step() {
    local title=$1 start=$SECONDS result=0
    shift
    "$@" || result=$?
    echo "== $title: $((SECONDS - start)) s" >&2
    return $result
}

build() {
    {
        swift build --target LockstepRuntime &&
            { [ -n "${LOCKSTEP_BINARY:-}" ] || swift build --product lockstep; }
    } >"$work/build.log" 2>&1 || { tail -30 "$work/build.log"; return 1; }
}
step "build" build
. scripts/lib/objects.sh
lockstep=${LOCKSTEP_BINARY:-$products/lockstep}
settings=(-swift-version 6 -parse-as-library -wmo -warnings-as-errors -enable-upcoming-feature ExistentialAny
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature InternalImportsByDefault
    -I "$products/Modules" -I "$work/modules" -Xcc "-fmodule-map-file=$PWD/Sources/CLockstepPCRE2/module.modulemap")

library() {
    local name=$1
    shift
    swiftc -module-name "$name" "${settings[@]}" -emit-module -emit-module-path "$work/modules/$name.swiftmodule" \
        -c -o "$work/modules/$name.o" "$@"
}
program() {
    local name=$1
    shift
    swiftc -module-name "$name" "${settings[@]}" "$@" "${objects[@]}" -lpcre2-8 -o "$work/$name"
}

prepare() {
    library ConformanceSupport Tests/conformance/Support/*.swift &&
        program Prepare Tests/conformance/Prepare/*.swift "$work/modules/ConformanceSupport.o" &&
        "$work/Prepare" "$suite" "$own" "$work/documents" >"$work/list"
}
step "documents" prepare

# One document: generated and compiled.
document() {
    local folder=$work/documents/$1
    "$lockstep" generate "$folder/openapi.json" --output "$folder/Generated" >"$folder/log" 2>&1 &&
        library "$1" "$folder/Table.swift" "$folder"/Generated/*.swift >>"$folder/log" 2>&1 && return
    grep -m 20 'error:' "$folder/log" || tail -20 "$folder/log"
    echo "FAILED: the document $1 does not become a module" >&2
    return 1
}
documents() {
    local names=() name running=0 failed=0
    mapfile -t names <"$work/list"
    for name in "${names[@]}"; do
        if [ $running -ge "$(nproc)" ]; then
            wait -n || failed=1
            running=$((running - 1))
        fi
        document "$name" &
        running=$((running + 1))
    done
    while [ $running -gt 0 ]; do
        wait -n || failed=1
        running=$((running - 1))
    done
    return $failed
}
step "generated code" documents

tests() {
    program Run Tests/conformance/Run/*.swift "$work/documents/Tables.swift" "$work"/modules/*.o &&
        "$work/Run" "$suite" "$own" "$expected" "$work/report.tsv" "$work/counts.tsv"
}
failed=0
step "tests" tests || failed=$?
echo "what differs from the suite: $work/report.tsv ($(wc -l <"$work/report.tsv") lines)"
if [ "${1:-}" = --accept ]; then
    cp "$work/counts.tsv" "$expected"
    exit 0
fi
exit $failed
