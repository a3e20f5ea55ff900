#!/usr/bin/env bash
# Sources that must not compile against LockstepPostgres: no request-scoped database handle without a principal, and no
# statement from text. Each names the expected error in its first line. Needs a debug build of the package.
set -euo pipefail
cd "$(dirname "$0")/../.."
swift build --target LockstepPostgres >/dev/null
log=$(mktemp)
trap 'rm -f "$log"' EXIT
tried=0
for source in $(grep -l "^import LockstepPostgres" Tests/Fixtures/compile-fail/*.swift); do
    expected=$(sed -n 's|^// expect: ||p' "$source")
    if swiftc -typecheck -swift-version 6 -I .build/debug/Modules -Xcc -I/usr/include/postgresql \
        -Xcc -fmodule-map-file=.build/debug/CLockstepLinux.build/module.modulemap \
        -Xcc -fmodule-map-file=Sources/CLockstepPCRE2/module.modulemap \
        -Xcc -fmodule-map-file=Sources/CLockstepPQ/module.modulemap "$source" >"$log" 2>&1; then
        echo "FAILED: $source compiles"
        exit 1
    fi
    if ! grep -qF "$expected" "$log"; then
        head -20 "$log"
        echo "FAILED: $source: the error is another than '$expected'"
        exit 1
    fi
    tried=$((tried + 1))
done
[ "$tried" -ge 4 ] || { echo "FAILED: only $tried sources were tried"; exit 1; }
echo "$tried sources are refused, each for its reason"
