#!/usr/bin/env bash
# Serves the platform on free ports over a fresh database, runs a command, and stops it again.
# usage: scripts/with-platform.sh COMMAND [ARG…]
# The command finds BASE_URL, ADMIN_URL (metrics), DATABASE_URL, MAIL_SINK and PLATFORM (the program) in its environment.
# PLATFORM_CONFIGURATION=release takes the release build; other variables reach the platform as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
PLATFORM=${PLATFORM:-$(swift build -c "${PLATFORM_CONFIGURATION:-debug}" --show-bin-path)/platform}
[ -x "$PLATFORM" ] || { echo "with-platform: $PLATFORM is not built" >&2; exit 66; }

export LOCKSTEP_CLUSTER=${LOCKSTEP_CLUSTER:-$PWD/.local/test-postgres}
scripts/database.sh status && had_database=yes || had_database=no
owner_url=$(scripts/database.sh start)
name=lockstep_$$_$RANDOM
psql "$owner_url" -qAtc "create database $name"
DATABASE_URL=${owner_url/\/platform?/\/$name?}
work=$(mktemp -d)
server=
finish() {
    code=$?
    trap - EXIT
    if [ -n "$server" ]; then kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    [ "$code" -eq 0 ] || { echo "with-platform: the platform's last lines:" >&2; tail -n "${PLATFORM_LOG_LINES:-15}" "$work/log" >&2 || true; }
    psql "$owner_url" -qAtc "drop database if exists $name with (force)" || true
    [ "$had_database" = yes ] || scripts/database.sh stop || true
    rm -rf "$work"
    exit "$code"
}
trap finish EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
PORT=$(free_port)
ADMIN_PORT=$(free_port)
export DATABASE_URL PORT ADMIN_PORT PLATFORM
export HOST=127.0.0.1 JWT_KEY_FILE="$work/signing-key.pem" DOCS_ASSETS=${DOCS_ASSETS:-$PWD/.local/swagger-ui}
export MAIL_SINK=${MAIL_SINK:-$work/mail}
export BASE_URL=http://127.0.0.1:$PORT ADMIN_URL=http://127.0.0.1:$ADMIN_PORT

"$PLATFORM" migrate >"$work/log" 2>&1
${PLATFORM_PREFIX:-} "$PLATFORM" serve >>"$work/log" 2>&1 &
server=$!
export PLATFORM_PID=$server PLATFORM_LOG=$work/log
for _ in $(seq 100); do
    curl -fsS -o /dev/null "$BASE_URL/health/ready" 2>/dev/null && break
    kill -0 "$server" 2>/dev/null || { echo "with-platform: the platform stopped before it was ready" >&2; exit 70; }
    sleep 0.1
done
curl -fsS -o /dev/null "$BASE_URL/health/ready" || { echo "with-platform: the platform is not ready" >&2; exit 70; }
"$@"
