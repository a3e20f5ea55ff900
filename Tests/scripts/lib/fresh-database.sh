# shellcheck shell=bash
# Sourced by scripts that need an empty database and a folder of their own; removes both at the end.
# Sets work, DATABASE_URL and PLATFORM (unless the caller has chosen a program).
PLATFORM=${PLATFORM:-$(swift build --show-bin-path)/platform}
[ -x "$PLATFORM" ] || { echo "$PLATFORM is not built" >&2; exit 66; }
. scripts/lib/test-cluster.sh
work=$(mktemp -d)
server=
tidy() {
    code=$?
    trap - EXIT
    if [ -n "$server" ]; then kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    drop_database
    rm -rf "$work"
    exit "$code"
}
trap tidy EXIT
