#!/usr/bin/env bash
# A virtual environment under .local/python with the foreign test clients, at pinned versions.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted="schemathesis==4.32.5 playwright==1.65.2 PyYAML==6.0.2 cryptography==44.0.0"
target=.local/python
[ -f "$target/.wanted" ] && [ "$(cat "$target/.wanted")" = "$wanted" ] && exit 0
echo "setup: installing $wanted into $target"
rm -rf "$target"
python3 -m venv "$target"
log=$(mktemp)
# shellcheck disable=SC2086
"$target/bin/python" -m pip install --quiet --disable-pip-version-check $wanted >"$log" 2>&1 || {
    echo "setup: pip failed; its last lines:" >&2
    tail -n 5 "$log" >&2
    exit 69
}
rm -f "$log"
echo "$wanted" >"$target/.wanted"
