#!/usr/bin/env bash
# A stranger's package: Examples/Bookshop, copied outside this repository, depends on it by path. It must build and pass its
# tests; follow edits of its document and of files that the document refers to; compile one file after an edited
# description; refuse references to files that the build does not know; and refuse wrong handlers.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${STRANGER_DIR:-$(mktemp -d)}
[ -n "${STRANGER_DIR:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work/shop"
(cd "$root/Examples/Bookshop" && tar --exclude=.build -cf - .) | tar -xf - -C "$work/shop"
sed -i "s|path: \"../..\"|path: \"$root\"|" "$work/shop/Package.swift"
cd "$work/shop"
document=Sources/Bookshop/openapi.yaml

fail() { echo "FAILED: $*"; exit 1; }
build() { swift build "$@" >"$work/log" 2>&1; }
must_build() { build "$@" || { tail -30 "$work/log"; fail "the package does not build"; }; }
must_refuse() {
    if build; then fail "the package builds, and should be refused: $1"; fi
    grep -qF "$1" "$work/log" || { tail -30 "$work/log"; fail "the refusal does not say: $1"; }
}
generated() { find .build/plugins/outputs -path '*Generated*' -name "$1"; }

echo "- builds with the plugin and LockstepRuntime, and nothing is warned of"
must_build --target Bookshop
! grep -q "warning:" "$work/log" || { grep "warning:" "$work/log" | head -5; fail "warnings"; }
[ -z "$(find .build/debug/ -name '*.o' -path '*LockstepServer*' | head -1)" ] || fail "a stranger's build compiles the server"

echo "- an edited description compiles one file"
sleep 1; touch "$work/mark"
sed -i 's/^    A shop with one shelf\.$/    A shop with one shelf,\n    and a second line about it./' "$document"
must_build --target Bookshop
compiled=$(find .build/debug/Bookshop.build -name '*.o' -newer "$work/mark" -printf '%f\n' | sort | tr '\n' ' ')
[ "$compiled" = "Contract.swift.o " ] || fail "compiled again: $compiled"

echo "- nothing changed: nothing is generated"
touch "$work/mark2"; must_build --target Bookshop
[ -z "$(find .build/plugins/outputs -newer "$work/mark2" -name '*.swift')" ] || fail "files were written again"

echo "- a file that is added and referred to is read, and so is every edit of it"
cat >Sources/Bookshop/parts/extra.yaml <<'YAML'
openapi: 3.1.0
info: {title: Extra, version: 1.0.0}
components:
  schemas:
    Shelfmark: {type: object, required: [row], properties: {row: {type: integer}}}
YAML
sed -i "s|^        title: {type: string, minLength: 1, maxLength: 200}|&\n        shelfmark: {\$ref: parts/extra.yaml#/components/schemas/Shelfmark}|" "$document"
must_build --target Bookshop
grep -q "var row: Int$" $(generated 'Types_*.swift') || fail "the added file was not read"
sed -i 's/row: {type: integer}/row: {type: string}/' Sources/Bookshop/parts/extra.yaml
must_build --target Bookshop
grep -q "var row: String$" $(generated 'Types_*.swift') || fail "the edit of the added file was not seen"

echo "- errors of the document are shown in place, all of them"
cp "$document" "$work/good.yaml"
sed -i "s|parts/extra.yaml#/components/schemas/Shelfmark|parts/none.yaml#/components/schemas/Shelfmark|; s|^        genre: .*|        genre: {\$ref: '#/components/schemas/Genus'}|" "$document"
must_refuse "openapi.yaml:"
grep -q "none.yaml" "$work/log" && grep -q "Genus" "$work/log" || { tail -20 "$work/log"; fail "not all errors are shown"; }

echo "- a reference to a file outside the target says how to declare it"
mkdir -p Shared; cp Sources/Bookshop/parts/extra.yaml Shared/outside.yaml
sed "s|parts/extra.yaml#|../../Shared/outside.yaml#|" "$work/good.yaml" >"$document"
must_refuse "inputs: ../../Shared/outside.yaml"
echo "inputs: ../../Shared/outside.yaml" >Sources/Bookshop/lockstep.yaml
must_build --target Bookshop
cp "$work/good.yaml" "$document"; rm -r Sources/Bookshop/lockstep.yaml Shared

echo "- the compiler refuses what the document does not allow"
cp "$root/Examples/Bookshop/$document" "$document"
must_build --target Bookshop
for source in "$root"/Tests/Fixtures/compile-fail/*.swift; do
    grep -q "^import LockstepPostgres" "$source" && continue
    name=$(basename "$source")
    expected=$(sed -n 's|^// expect: ||p' "$source")
    if swiftc -typecheck -swift-version 6 -I .build/debug/Modules \
        -Xcc -fmodule-map-file="$root/Sources/CLockstepPCRE2/module.modulemap" "$source" >"$work/log" 2>&1; then
        [ -z "$expected" ] || fail "$name compiles"
    else
        [ -n "$expected" ] || { head -20 "$work/log"; fail "$name does not compile"; }
        grep -qF "$expected" "$work/log" || { head -20 "$work/log"; fail "$name: the error is another than '$expected'"; }
    fi
done

if [ "${STRANGER_TESTS:-1}" = 1 ]; then
    echo "- its tests pass"
    swift test >"$work/log" 2>&1 || { tail -30 "$work/log"; fail "the tests of Examples/Bookshop"; }
fi
echo "the stranger's package behaves"
