#!/usr/bin/env bash
# swift format, strictly, on every Swift file that people write (expected output of the generator is left out).
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files -z -- '*.swift' | grep -zv '/expected/' | xargs -0 swift format lint --strict --parallel
