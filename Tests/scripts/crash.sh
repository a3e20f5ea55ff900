#!/usr/bin/env bash
# Kills the platform in the middle of payments, starts it again, and counts.
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/scripts/lib/fresh-database.sh
export DATABASE_URL PLATFORM WORK=$work
"$PLATFORM" migrate >"$work/migrate.log"
timeout 900 python3 Tests/scripts/lib/crash.py
