#!/usr/bin/env bash
# Foreign client: schemathesis sends what the served document allows and forbids, without a token and with each role,
# each role and seed against a database of its own, so that what one run has used up is not missed by the next.
# usage: scripts/schemathesis.sh [EXAMPLES [SEED…]]      200 examples an operation and three seeds by default
set -euo pipefail
cd "$(dirname "$0")/.."
export SCHEMATHESIS_EXAMPLES=${1:-200}
shift || true
seeds=("$@")
[ $# -gt 0 ] || seeds=(1 20 300)
SCHEMATHESIS_STATUSES=$(mktemp)
trap 'rm -f "$SCHEMATHESIS_STATUSES"' EXIT
export SCHEMATHESIS_STATUSES
export RATE_PROFILE=off NODE_ENV=development BCRYPT_COST=10
failed=0
for role in ${SCHEMATHESIS_ROLES:-none CUSTOMER VENDOR ADMIN}; do
    for seed in "${seeds[@]}"; do
        echo "== schemathesis, role $role, seed $seed"
        SCHEMATHESIS_ROLE=${role/none/} SCHEMATHESIS_SEED=$seed scripts/with-platform.sh bash Tests/schemathesis/run.sh || failed=1
    done
done
python3 Tests/schemathesis/report.py "$SCHEMATHESIS_STATUSES"
exit "$failed"
