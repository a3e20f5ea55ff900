#!/usr/bin/env bash
# /docs, seen in a real headless Chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
NODE_ENV=development RATE_PROFILE=off scripts/with-platform.sh .local/python/bin/python Tests/browser/docs_page.py
