#!/usr/bin/env bash
# Serves the platform on a free port over a fresh database, runs a command, and stops it again.
# usage: scripts/with-platform.sh COMMAND [ARG…]
# The command finds BASE_URL, DATABASE_URL, MAIL_SINK and PLATFORM (the program) in its environment.
# PLATFORM_CONFIGURATION=release takes the release build; other variables reach the platform as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
PLATFORM=${PLATFORM:-$(swift build -c "${PLATFORM_CONFIGURATION:-debug}" --show-bin-path)/platform}
[ -x "$PLATFORM" ] || { echo "with-platform: $PLATFORM is not built" >&2; exit 66; }

. scripts/lib/test-cluster.sh
work=$(mktemp -d)
server=
finish() {
    code=$?
    trap - EXIT
    if [ -n "$server" ]; then kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    [ "$code" -eq 0 ] || { echo "with-platform: the platform's last lines:" >&2; tail -n "${PLATFORM_LOG_LINES:-15}" "$work/log" >&2 || true; }
    drop_database
    rm -rf "$work"
    exit "$code"
}
trap finish EXIT

# The platform takes a port that is free and says which: one that was free a moment ago may be somebody else's now.
export DATABASE_URL PLATFORM HOST=127.0.0.1 PORT=0 ADMIN_PORT=0
export JWT_KEY_FILE="$work/signing-key.pem" DOCS_ASSETS=${DOCS_ASSETS:-$PWD/.local/swagger-ui}
export MAIL_SINK=${MAIL_SINK:-$work/mail}

"$PLATFORM" migrate >"$work/log" 2>&1
${PLATFORM_PREFIX:-} "$PLATFORM" serve >>"$work/log" 2>&1 &
server=$!
export PLATFORM_PID=$server PLATFORM_LOG=$work/log
is_ready() {
    BASE_URL=$(sed -nE 's/^(  API +|platform: serving )(http[^ ]+)$/\2/p' "$work/log")
    [ -n "$BASE_URL" ] && curl -fsS -m 10 -o /dev/null "$BASE_URL/health/ready" 2>/dev/null
}
limit=$((SECONDS + 60))
until is_ready; do
    kill -0 "$server" 2>/dev/null || { echo "with-platform: the platform stopped before it was ready" >&2; exit 70; }
    [ "$SECONDS" -lt "$limit" ] || { echo "with-platform: the platform is not ready after a minute" >&2; exit 70; }
    sleep 0.1
done
export BASE_URL
"$@"
