#!/usr/bin/env bash
# What the generator makes of documents that others wrote: each is generated, the Swift compiled with the
# repository's own settings, warnings as errors, and a service started from its tables, which is asked for each of its
# paths. A line a document: its verdict, seconds, and how many operations it serves. Part of make full.
# usage: scripts/corpus.sh [DOCUMENT…]     by default all of $LOCKSTEP_CORPUS/openapi, and the documents of the OpenAPI
#        Initiative's own tests that conform ($LOCKSTEP_CORPUS/oas-schema-fixtures/…/pass)
# LOCKSTEP_BINARY names a lockstep that is built already; LOCKSTEP_KEEP a folder to keep the output in.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/release.sh
corpus=${LOCKSTEP_CORPUS:-../shared/corpus}
documents=("$@")
if [ $# -eq 0 ]; then
    if [ ! -d "$corpus/openapi" ]; then
        echo "SKIPPED: corpus not found at $corpus; set LOCKSTEP_CORPUS: no document was generated" >&2
        exit 0
    fi
    documents=("$corpus"/openapi/*.json "$corpus"/openapi/*.yaml "$corpus"/openapi/*.yml)
    while read -r fixture; do documents+=("$fixture"); done < <(
        find "$corpus/oas-schema-fixtures" -path '*/pass/*' -type f | sort)
fi

swift build --target LockstepRuntime >&2 || exit 1
. scripts/lib/objects.sh
modules=$products/Modules
if [ -z "${LOCKSTEP_BINARY:-}" ]; then
    swift build "${release_options[@]}" --product lockstep >&2 || exit 1
    LOCKSTEP_BINARY=$(swift build "${release_options[@]}" --show-bin-path)/lockstep
fi
work=${LOCKSTEP_KEEP:-$(mktemp -d)}
[ -n "${LOCKSTEP_KEEP:-}" ] || trap 'rm -rf "$work"' EXIT
settings=(-swift-version 6 -warnings-as-errors -enable-upcoming-feature ExistentialAny
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature InternalImportsByDefault
    -I "$modules" -Xcc "-fmodule-map-file=$PWD/Sources/CLockstepPCRE2/module.modulemap")

swiftc -module-name Start "${settings[@]}" Tests/corpus/main.swift "${objects[@]}" -lpcre2-8 -o "$work/start" >&2 || exit 1

# One process may take 5 GB and ten minutes: a document that needs more is a fault of ours.
bounded() { (ulimit -v 5000000 && exec timeout 600 "$@"); }
now() { date +%s%N; }
seconds() { printf '%d.%d' $((($2 - $1) / 1000000000)) $((($2 - $1) / 100000000 % 10)); }

failures=0
printf '%-48s %-14s %-14s %-8s %s\n' document generated compiles lines serves
for document in "${documents[@]}"; do
    # Fixtures of several versions have the same name.
    version=$(grep -o 'oas-schema-fixtures/v[0-9.]*' <<<"$document" | cut -d/ -f2)
    name=${version:+$version-}$(basename "$document")
    output=$work/$name
    mkdir -p "$output"
    serves=-
    start=$(now)
    if bounded "$LOCKSTEP_BINARY" generate "$document" --output "$output" >"$output/generate.log" 2>&1; then
        generated="yes $(seconds "$start" "$(now)") s"
        start=$(now)
        if bounded swiftc -c -wmo -module-name Generated "${settings[@]}" "$output"/*.swift -o "$work/generated.o" \
            >"$output/compile.log" 2>&1; then
            compiled="yes $(seconds "$start" "$(now)") s"
        else
            compiled="NO $(seconds "$start" "$(now)") s"
            failures=$((failures + 1))
        fi
        if ! serves=$(bounded "$work/start" "$output" 2>&1); then
            serves="NO: $serves"
            failures=$((failures + 1))
        fi
    else
        generated="NO $(seconds "$start" "$(now)") s"
        compiled=-
        failures=$((failures + 1))
    fi
    printf '%-48s %-14s %-14s %-8s %s\n' "$name" "$generated" "$compiled" \
        "$(cat "$output"/*.swift 2>/dev/null | wc -l)" "$serves"
    [[ $generated == yes* ]] || grep -m 5 'error:' "$output/generate.log" | sed 's/^/    /'
    [[ $compiled != NO* ]] || { grep -m 5 'error:' "$output/compile.log" || tail -3 "$output/compile.log"; } | sed 's/^/    /'
done
echo "${#documents[@]} documents, $failures failed"
[ "$failures" -eq 0 ]
