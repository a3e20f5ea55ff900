#!/usr/bin/env bash
# make run: everything from a bare machine to a serving platform. Ctrl-C or SIGTERM drains it and stops what this started.
# PLATFORM_CONFIGURATION=debug builds for debugging.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
. scripts/lib/release.sh

# Each run holds this lock, shared; the last one out stops the database. Nothing that outlives a run may inherit it.
mkdir -p .local
exec 9>.local/run.lock
flock -s 9
started_database=.local/run.started-database
private_database=no
child=

# Runs a program in a session of its own, and waits for it. A terminal sends Ctrl-C to everyone in the session: the program
# would get it as well as finish's SIGTERM, and two signals mean "at once" to the platform.
run() {
    local code
    setsid "$@" 9>&- &
    child=$!
    wait "$child" && code=0 || code=$?
    child=
    return "$code"
}

finish() {
    code=$?
    trap - EXIT
    # From here on a signal is one more signal to the program; SIGHUP means that the terminal is gone.
    trap '[ -z "$child" ] || kill -TERM -- "-$child" 2>/dev/null || true' INT TERM
    trap '' HUP
    if [ -n "$child" ]; then
        kill -TERM -- "-$child" 2>/dev/null || kill -TERM "$child" 2>/dev/null || true
        while kill -0 "$child" 2>/dev/null; do wait "$child" || true; done
        # Only now: a signal ends `wait` early, with a code of its own.
        wait "$child" && code=0 || code=$?
    fi
    if [ "$private_database" = yes ] && [ -e "$started_database" ] && flock -n -x 9; then
        rm -f "$started_database"
        if scripts/database.sh status && scripts/database.sh stop; then
            echo "run: stopped the private PostgreSQL cluster; its data is kept" || true
        fi
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -n "${DATABASE_URL:-}${DATABASE_URL_FILE:-}" ]; then
    echo "run: using the database of DATABASE_URL"
elif [ -f .env ] && grep -Eq '^[[:space:]]*(export[[:space:]]+)?DATABASE_URL(_FILE)?[[:space:]]*=[[:space:]]*[^[:space:]#]' .env; then
    echo "run: using the database of .env"
else
    private_database=yes
    scripts/database.sh status || touch "$started_database"
    DATABASE_URL=$(scripts/database.sh start 9>&-)
    export DATABASE_URL
    echo "run: using the private PostgreSQL cluster of this checkout"
fi

configuration=${PLATFORM_CONFIGURATION:-release}
echo "run: building for $configuration (the first time takes some minutes)"
options=(-c "$configuration")
[ "$configuration" != release ] || options=("${release_options[@]}")
run swift build "${options[@]}" --product platform
platform=$(swift build "${options[@]}" --show-bin-path)/platform

run "$platform" migrate
run "$platform" serve "$@"
