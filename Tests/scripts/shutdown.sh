#!/usr/bin/env bash
# SIGTERM and SIGINT in the middle of work: no request is lost, the exit code is 0, and another instance serves on.
set -euo pipefail
cd "$(dirname "$0")/../.."
NODE_ENV=development RATE_PROFILE=off BCRYPT_COST=10 LOG_LEVEL=warn scripts/with-platform.sh python3 Tests/scripts/lib/shutdown.py
