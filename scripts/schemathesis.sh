#!/usr/bin/env bash
# Foreign client: schemathesis sends what the served document allows and forbids, without a token and with each role.
# usage: scripts/schemathesis.sh [EXAMPLES] [SEED…]      (200 examples an operation and three seeds by default)
set -euo pipefail
cd "$(dirname "$0")/.."
examples=${1:-200}
shift || true
seeds=("$@")
[ ${#seeds[@]} -gt 0 ] || seeds=(1 20 300)
export SCHEMATHESIS_EXAMPLES=$examples SCHEMATHESIS_SEEDS="${seeds[*]}"
RATE_PROFILE=off NODE_ENV=development exec scripts/with-platform.sh scripts/schemathesis-roles.sh
