#!/usr/bin/env bash
# Two instances over one database: a logout at one holds at the other.
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/scripts/lib/fresh-database.sh
export DATABASE_URL PLATFORM WORK=$work
"$PLATFORM" migrate >"$work/migrate.log"
timeout 600 python3 Tests/scripts/lib/two_instances.py
