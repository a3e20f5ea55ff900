#!/usr/bin/env bash
# `make run` in a copy of the checkout whose path has a space, with the program that is built already: starts, is stopped in
# every way, runs beside another, and leaves nothing running. As root it also runs as another user.
set -euo pipefail
cd "$(dirname "$0")/../.."
PLATFORM=${PLATFORM:-$(swift build --show-bin-path)/platform}
[ -x "$PLATFORM" ] || { echo "$PLATFORM is not built" >&2; exit 66; }
work=$(mktemp -d)
trap 'LOCKSTEP_CLUSTER= "$work/a checkout/scripts/database.sh" stop || true; rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir -p "$work/a checkout/.local/swagger-ui" "$work/bin" "$work/built"
cp -R Makefile scripts migrations "$work/a checkout"
cp -R .local/swagger-ui "$work/a checkout/.local/" 2>/dev/null || true
cp "$PLATFORM" "$work/built/platform"
# In the place of the compiler: says where the program is.
cat >"$work/bin/swift" <<STUB
#!/bin/sh
case "\$*" in *--show-bin-path*) echo "$work/built" ;; esac
STUB
chmod 755 "$work/bin/swift"
env -u LOCKSTEP_CLUSTER -u DATABASE_URL PATH="$work/bin:$PATH" RUN_FOLDER="$work/a checkout" python3 Tests/scripts/lib/make_run.py
