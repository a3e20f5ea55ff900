#!/usr/bin/env bash
# The README is true: its curl lines run as printed and answer as it says; the files it names exist.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ -z "${BASE_URL:-}" ]; then NODE_ENV=development exec scripts/with-platform.sh bash Tests/scripts/readme.sh; fi
. Tests/scripts/lib/checks.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The commands of the block after "use a second terminal", split at empty lines.
block=$(awk '/use a second terminal/ { wanted = 1 } wanted && /^```sh$/ { inside = 1; next } inside && /^```$/ { exit } inside' README.md)
commands=()
while IFS= read -r -d '' command; do commands+=("$command"); done \
    < <(awk -v RS= '{ printf "%s%c", $0, 0 }' <<<"${block//http:\/\/127.0.0.1:3000/$BASE_URL}")
equal 'the README has six commands' 6 "${#commands[@]}"

curl() { command curl -w '%{stderr}%{http_code}\n' "$@" 2>>"$work/status"; }

# answers NUMBER STATUS JQ-FILTER: runs a command in this shell, so that TOKEN lasts.
answers() {
    local command=${commands[$1]} name
    name=$(head -n 1 <<<"$command" | sed -E 's|https?://[^/]*||; s/ +\\$//')
    : >"$work/status"
    eval "$command" >"$work/answer" || true
    if [ "$(cat "$work/status")" != "$2" ]; then
        fail "$name" "wanted status $2, found $(cat "$work/status")" "$(cat "$work/answer")"
    elif [ -n "$3" ] && ! jq -e "$3" "$work/answer" >/dev/null; then
        fail "$name" "wanted: $3" "$(cat "$work/answer")"
    else
        pass "$name ($2)"
    fi
}
answers 0 200 '.status == "ok"'
answers 1 201 '.success and .data.user.email == "ada@example.com" and .data.user.role == "CUSTOMER"'
answers 2 200 ''
contains 'TOKEN is an access token' '^[^.]+\.[^.]+\.[^.]+$' "${TOKEN:-}"
answers 3 201 '.success and .data.amount == "10.50" and .data.currency == "EUR"'
answers 4 200 '.success and (.data | length) == 1'
answers 5 400 '.success == false and ([.error.details[] | tostring | test("amount")] == [true])'

# What the program prints when it serves.
grep -vE '^(\{|$)' "$PLATFORM_LOG" | sed "s|$BASE_URL|http://127.0.0.1:3000|" >"$work/log"
while IFS= read -r line; do
    if grep -qxF -- "$line" "$work/log"; then pass "prints: $line"; else fail "prints: $line" "$(head -n 20 "$work/log")"; fi
done < <(awk '/^Lockstep platform, / { inside = 1 } inside && /^```$/ { exit } inside' README.md)

# Links and the table of folders.
while IFS= read -r path; do
    [ -e "$path" ] || fail "README.md names $path, which does not exist"
done < <(grep -oE '\]\([A-Za-z.][^):]*\)' README.md | sed 's/^](//; s/)$//' | sort -u)
pass 'links lead to files'
while IFS= read -r target; do
    grep -qE "^$target:" Makefile || fail "README.md names 'make $target', which the Makefile does not have"
done < <(grep -oE '\bmake (run|test|full|bench|clean|help)\b' README.md | cut -d' ' -f2 | sort -u)
pass 'make targets exist'
lockstep=$(dirname "$PLATFORM")/lockstep
if [ -x "$lockstep" ]; then
    if "$lockstep" check spec/openapi.yaml >"$work/check" 2>&1; then pass 'lockstep check'; else fail 'lockstep check' "$(cat "$work/check")"; fi
    "$lockstep" bundle spec/openapi.yaml --format json >"$work/bundle.json" 2>"$work/errors" && jq -e .openapi "$work/bundle.json" >/dev/null &&
        pass 'lockstep bundle' || fail 'lockstep bundle' "$(cat "$work/errors")"
    "$lockstep" generate spec/openapi.yaml --output "$work/read-me" >"$work/errors" 2>&1 && [ -s "$work/read-me/Contract.swift" ] &&
        pass 'lockstep generate' || fail 'lockstep generate' "$(cat "$work/errors")"
fi
all_passed
