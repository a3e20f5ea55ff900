#!/usr/bin/env bash
# Puts Swagger UI 5 (able to show OpenAPI 3.1) under .local/swagger-ui, from the PyPI package that carries it.
set -euo pipefail
cd "$(dirname "$0")/.."
version=25.7.1
target=.local/swagger-ui
[ -f "$target/.version" ] && [ "$(cat "$target/.version")" = "$version" ] && exit 0

echo "setup: fetching Swagger UI (swagger-ui-py $version) into $target"
mkdir -p .local
work=$(mktemp -d .local/swagger-ui.XXXXXX)
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --no-deps --no-binary :none: --dest "$work" "swagger-ui-py==$version" 2>"$work/log" || {
    echo "setup: cannot fetch swagger-ui-py from PyPI; /docs will not be served. Cause:" >&2
    tail -n 3 "$work/log" >&2
    exit 69
}
python3 - "$work" <<'PY'
import pathlib, sys, zipfile, tarfile
work = pathlib.Path(sys.argv[1])
out = work / "assets"
out.mkdir()
wanted = {"swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "favicon-32x32.png", "LICENSE"}
for archive in list(work.glob("*.whl")) + list(work.glob("*.tar.gz")):
    if archive.suffix == ".whl":
        z = zipfile.ZipFile(archive)
        members = [(n, z.read(n)) for n in z.namelist() if not n.endswith("/")]
    else:
        t = tarfile.open(archive)
        members = [(m.name, t.extractfile(m).read()) for m in t.getmembers() if m.isfile()]
    for name, data in members:
        base = name.rsplit("/", 1)[-1]
        if base in wanted:
            (out / base).write_bytes(data)
missing = {"swagger-ui.css", "swagger-ui-bundle.js"} - {p.name for p in out.iterdir()}
if missing:
    sys.exit(f"setup: the package does not carry {sorted(missing)}")
PY
rm -rf "$target"
mv "$work/assets" "$target"
chmod -R a+rX "$target"
echo "$version" >"$target/.version"
