#!/usr/bin/env bash
# make run: everything from a bare machine to a serving platform. Ctrl-C or SIGTERM drains it and stops what this started.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run

started_database=no
server=
finish() {
    code=$?
    trap - EXIT INT TERM
    if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
        kill -TERM "$server" 2>/dev/null || true
        wait "$server" && code=0 || code=$?
    fi
    if [ "$started_database" = yes ]; then
        scripts/database.sh stop || true
        echo "run: stopped the private PostgreSQL cluster; its data stays in .local/postgres"
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -f .env ] && [ -z "${DATABASE_URL:-}" ] && grep -q '^DATABASE_URL=' .env; then
    echo "run: using DATABASE_URL from .env"
elif [ -z "${DATABASE_URL:-}" ]; then
    scripts/database.sh status && was_running=yes || was_running=no
    DATABASE_URL=$(scripts/database.sh start)
    export DATABASE_URL
    [ "$was_running" = yes ] || started_database=yes
    echo "run: private PostgreSQL cluster in .local/postgres"
fi

echo "run: building for release (the first time takes some minutes)"
swift build -c release --product platform
platform=$(swift build -c release --show-bin-path)/platform

"$platform" migrate
"$platform" serve "$@" &
server=$!
# The shell's wait is interrupted by a trapped signal; the trap above then drains the server.
wait "$server" && code=0 || code=$?
server=
exit "$code"
