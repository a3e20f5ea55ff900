#!/usr/bin/env bash
# make test: set-up, checks of the tree, every test against a real PostgreSQL, and the packages of strangers.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh test

# Tools leave locks and folders among the temporary files, SwiftPM with every call: they go with this folder. Other users may
# write in it, as in /tmp.
TMPDIR=$(mktemp -d)
export TMPDIR
chmod 1777 "$TMPDIR"
trap 'rm -rf "$TMPDIR"' EXIT

# All tests at once would wait for each other's CPU time, and some wait for what happens in another process, though not for ever.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16

step() {
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    "$@"
    echo "== $name: $((SECONDS - start)) s"
}

step "format" scripts/check-format.sh
step "build" swift build --build-tests
step "tests" swift test --skip-build
for script in Tests/scripts/*.sh; do
    [ -e "$script" ] || continue
    step "$(basename "$script" .sh)" bash "$script"
done
