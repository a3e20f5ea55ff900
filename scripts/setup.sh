#!/usr/bin/env bash
# Installs what the project needs and does not find: Debian packages, and files from PyPI under .local/.
# usage: scripts/setup.sh build|run|test|bench|full     (each includes the ones before it)
set -euo pipefail
cd "$(dirname "$0")/.."
goal=${1:-run}

build=(libyaml-dev libpcre2-dev)
run=(libssl-dev libpq-dev libcrypt-dev libjemalloc-dev libcurl4-openssl-dev postgresql-15 python3 python3-pip ca-certificates curl)
test=(jq python3-venv nginx-light chromium)
bench=(wrk)

case $goal in
build) packages=("${build[@]}") ;;
run) packages=("${build[@]}" "${run[@]}") ;;
test) packages=("${build[@]}" "${run[@]}" "${test[@]}") ;;
bench) packages=("${build[@]}" "${run[@]}" "${test[@]}" "${bench[@]}") ;;
full) packages=("${build[@]}" "${run[@]}" "${test[@]}" "${bench[@]}") ;;
*) echo "setup: unknown goal '$goal' (build, run, test, bench or full)" >&2; exit 64 ;;
esac

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
    echo "setup: installing Debian packages: ${missing[*]}"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "setup: not root and no sudo: install them yourself: apt-get install ${missing[*]}" >&2; exit 69; }
        as_root=(sudo)
    fi
    # The project starts its own private cluster: Debian need not make one of its own.
    if [[ " ${missing[*]} " == *" postgresql-15 "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        "${as_root[@]}" mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    log=$(mktemp)
    if ! { "${as_root[@]}" apt-get update -q &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
            -o Dpkg::Options::=--force-confold "${missing[@]}"; } >"$log" 2>&1; then
        echo "setup: apt-get failed; its last lines:" >&2
        tail -n 15 "$log" >&2
        exit 69
    fi
    rm -f "$log"
fi

if ! command -v swift >/dev/null; then
    echo "setup: no 'swift' on PATH: install the Swift 6.3 toolchain (https://www.swift.org/install/linux/)" >&2
    exit 69
fi

# The platform runs without its docs page; the tests look at it.
case $goal in
build) ;;
run) scripts/setup-docs-assets.sh || echo "setup: going on without the docs page" >&2 ;;
*) scripts/setup-docs-assets.sh ;;
esac
case $goal in test | bench | full) scripts/setup-python-tools.sh ;; esac
