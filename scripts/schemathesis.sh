#!/usr/bin/env bash
# Foreign client: schemathesis sends what the served document allows and forbids, without a token and with each role,
# each role against a database of its own.
# usage: scripts/schemathesis.sh [EXAMPLES [SEED…]]      200 examples an operation and three seeds by default
set -euo pipefail
cd "$(dirname "$0")/.."
export SCHEMATHESIS_EXAMPLES=${1:-200}
shift || true
export SCHEMATHESIS_SEEDS="${*:-1 20 300}"
SCHEMATHESIS_STATUSES=$(mktemp)
export SCHEMATHESIS_STATUSES
export RATE_PROFILE=off NODE_ENV=development BCRYPT_COST=10
failed=0
for role in ${SCHEMATHESIS_ROLES:-none CUSTOMER VENDOR ADMIN}; do
    echo "== schemathesis, role $role"
    [ "$role" = none ] && role=
    SCHEMATHESIS_ROLE=$role scripts/with-platform.sh bash Tests/schemathesis/run.sh || failed=1
done
python3 Tests/schemathesis/report.py "$SCHEMATHESIS_STATUSES"
rm -f "$SCHEMATHESIS_STATUSES"
exit "$failed"
