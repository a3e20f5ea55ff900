#!/usr/bin/env bash
# make test: set-up, checks of the tree, every test against a real PostgreSQL, and the packages of strangers.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test

step() {
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    "$@"
    echo "== $name: $((SECONDS - start)) s"
}

with_database() {
    export LOCKSTEP_CLUSTER=$PWD/.local/test-postgres
    trap 'scripts/database.sh stop' EXIT
    LOCKSTEP_TEST_DATABASE_URL=$(scripts/database.sh start)
    export LOCKSTEP_TEST_DATABASE_URL
}

step "format" scripts/check-format.sh
with_database
step "build" swift build --build-tests
step "tests" swift test --skip-build
for script in Tests/scripts/*.sh; do
    [ -e "$script" ] || continue
    step "$(basename "$script" .sh)" bash "$script"
done
