# shellcheck shell=bash
# Sourced by the scripts in the folder above: one line a check; at the end the script fails if one check did.
failures=0

pass() { echo "ok    $1"; }

# fail NAME [TEXT…]
fail() {
    echo "FAIL  $1"
    failures=$((failures + 1))
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/      /'
}

# equal NAME WANTED FOUND
equal() {
    if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "wanted: $2" "found:  $3"; fi
}

# contains NAME PATTERN TEXT      PATTERN is an extended regular expression
contains() {
    if grep -Eq -- "$2" <<<"$3"; then pass "$1"; else fail "$1" "wanted: $2" "found:  $3"; fi
}

# eventually COMMAND…: waits for it to succeed, a minute at most.
eventually() {
    local limit=$((SECONDS + 60))
    until "$@"; do
        [ "$SECONDS" -lt "$limit" ] || return 1
        sleep 0.05
    done
}

all_passed() {
    [ "$failures" -eq 0 ] && return 0
    echo "$failures of the checks failed" >&2
    return 1
}
