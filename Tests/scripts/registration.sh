#!/usr/bin/env bash
# Registration by mail, and the link of a new administrator, as people meet them: a running platform and mail in a folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
PUBLIC_URL=https://shop.test NODE_ENV=development RATE_PROFILE=off AUTH_AUTOCONFIRM=false REQUIRE_VERIFIED_EMAIL=true BCRYPT_COST=10 LOG_LEVEL=warn \
    scripts/with-platform.sh python3 Tests/scripts/lib/registration.py
