# shellcheck shell=bash
# Sourced by scripts that need an empty database and a folder of their own; removes both at the end.
# Sets work, DATABASE_URL and PLATFORM (unless the caller has chosen a program).
export LOCKSTEP_CLUSTER=${LOCKSTEP_CLUSTER:-$PWD/.local/test-postgres}
PLATFORM=${PLATFORM:-$(swift build --show-bin-path)/platform}
[ -x "$PLATFORM" ] || { echo "$PLATFORM is not built" >&2; exit 66; }
scripts/database.sh status && had_database=yes || had_database=no
owner_url=$(scripts/database.sh start)
database=lockstep_$$_$RANDOM
psql "$owner_url" -qAtc "create database $database"
DATABASE_URL=${owner_url/\/platform?/\/$database?}
work=$(mktemp -d)
server=
tidy() {
    code=$?
    trap - EXIT
    if [ -n "$server" ]; then kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    psql "$owner_url" -qAtc "drop database if exists $database with (force)" || true
    [ "$had_database" = yes ] || scripts/database.sh stop || true
    rm -rf "$work"
    exit "$code"
}
trap tidy EXIT
