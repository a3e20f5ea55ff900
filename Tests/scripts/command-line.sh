#!/usr/bin/env bash
# The platform's command line as a new user meets it: what goes wrong ends with the documented code and one clear line.
set -euo pipefail
cd "$(dirname "$0")/../.."
repository=$PWD
. Tests/scripts/lib/checks.sh
. Tests/scripts/lib/fresh-database.sh
# Nothing may print it, whatever goes wrong.
secret=Do-Not-Print-Me-5b1f

# ends CODE PATTERN NAME [VARIABLE=VALUE…] ARG…: runs the platform in a folder and an environment of its own.
ends() {
    local code=$1 pattern=$2 name=$3 found=0 lines
    shift 3
    local variables=()
    while [[ ${1:-} == *=* ]]; do variables+=("$1"); shift; done
    output=$(cd "$work" && timeout 120 env -i PATH="$PATH" HOME="$work" RES_OPTIONS='timeout:1 attempts:1' BCRYPT_COST=10 MIGRATIONS_DIR="$repository/migrations" \
        "${variables[@]}" "$PLATFORM" "$@" 2>&1) || found=$?
    lines=$(grep -c '' <<<"$output" || true)
    if [ "$found" != "$code" ]; then
        fail "$name" "wanted exit code $code, found $found" "$output"
    elif ! grep -Eq -- "$pattern" <<<"$output"; then
        fail "$name" "wanted: $pattern" "$output"
    elif grep -Eq "$secret|Fatal error|Stack dump|Crash|  at /" <<<"$output"; then
        fail "$name" "prints a secret or a stack trace" "$output"
    elif [[ $code =~ ^(65|67|69|70|71)$ && $lines != 1 ]]; then
        fail "$name" "wanted one line" "$output"
    else
        pass "$name (exit $code)"
    fi
}
url="DATABASE_URL=$DATABASE_URL"

# Command line
ends 0 '^usage: platform serve' '--help' --help
ends 64 '^platform: no command$' 'no command'
ends 64 "^platform: unknown command 'sevre'" 'unknown command' sevre
ends 64 "^platform: wrong arguments for 'serve'" 'unknown option' serve --port=3000
ends 64 "^platform: wrong arguments for 'migrate'" 'unknown option of migrate' migrate --dry
ends 64 "^platform: wrong arguments for 'serve'" 'unknown service' serve --services auth,mail
ends 64 "^platform: wrong arguments for 'admin'" 'a password is no argument, and is not repeated' admin create a@example.com --password "$secret"

# Configuration
documented=$(awk '/^```/ { inside = !inside; next } inside' docs/configuration.md)
ends 78 '3 faults' 'the example of docs/configuration.md' PORT=99999 JWT_SECRET=short serve --check-config
equal 'prints what docs/configuration.md shows' "$(tail -n +2 <<<"$documented")" "$output"
ends 78 'has 9 faults' 'every fault at once, no value' "DATABASE_URL=mysql://u:$secret@h/d" NODE_ENV=live PORT=$secret JWT_ALG=HS256 \
    PASSWORD_PEPPER=$secret JWT_EXPIRES_IN=soon CORS_ORIGINS='*' EVENT_LOOPS=0 DOCS_UI=perhaps serve --check-config
for name in DATABASE_URL NODE_ENV PORT JWT_SECRET PASSWORD_PEPPER JWT_EXPIRES_IN CORS_ORIGINS EVENT_LOOPS DOCS_UI; do
    grep -q "^  $name must " <<<"$output" || fail "names $name" "$output"
done
ends 78 '^  DATABASE_URL must be set' 'no DATABASE_URL' serve
ends 78 'DATABASE_URL is not a connection string' 'a broken connection string' "DATABASE_URL=postgresql:///x?password=$secret&bogus=1" serve
ends 78 '^  TRUST_PROXY must list' 'a wrong network' "$url" TRUST_PROXY=everyone serve --check-config
ends 78 '^  TLS_CERT_FILE cannot be read: No such file' 'no certificate file' "$url" TLS_CERT_FILE=/$secret TLS_KEY_FILE=/$secret serve --check-config
ends 78 '^  TLS_KEY_FILE must be set beside' 'a certificate without a key' "$url" TLS_CERT_FILE=/x serve --check-config
ends 78 '^  JWT_KEY_FILE must be set in production' 'production makes no key' NODE_ENV=production "$url" serve --check-config
ends 0 '^the configuration is complete$' 'a complete configuration' "$url" serve --check-config

# Secrets in files, and .env
printf '%s\n' "$DATABASE_URL" >"$work/url"
ends 0 complete 'DATABASE_URL_FILE' DATABASE_URL_FILE="$work/url" serve --check-config
ends 78 '^  DATABASE_URL_FILE must not be set beside DATABASE_URL' 'a secret given twice' "$url" DATABASE_URL_FILE="$work/url" serve --check-config
ends 78 '^  DATABASE_URL_FILE names a file that cannot be read' 'a secret in no file' DATABASE_URL_FILE=/$secret serve --check-config
printf '# local\nexport DATABASE_URL="%s"\nPORT=99999 # wrong\n' "$DATABASE_URL" >"$work/.env"
ends 78 '^  PORT must be' '.env is read' serve --check-config
ends 0 complete 'the environment wins over .env' PORT=0 serve --check-config
ends 78 '^  DATABASE_URL must be set' 'production does not read .env' NODE_ENV=production serve --check-config
printf 'PORT=0\n%s\n' "$secret" >"$work/.env"
ends 78 '^  \.env line 2 is not NAME=value' 'a broken line of .env' serve --check-config
rm "$work/.env" && mkdir "$work/.env"
ends 78 '^  \.env cannot be read: Is a directory' 'an unreadable .env' serve --check-config
rmdir "$work/.env"

# Database
ends 69 'DATABASE_URL' 'migrate: database down' "DATABASE_URL=postgresql://u:$secret@127.0.0.1:1/x" migrate
ends 69 'DATABASE_URL' 'serve: database down' "DATABASE_URL=postgresql://u:$secret@127.0.0.1:1/x" serve
ends 69 'DATABASE_URL' 'admin: database down' "DATABASE_URL=postgresql:///x?host=$work" admin create a@example.com
ends 69 'host name cannot be resolved' 'unknown database host' "DATABASE_URL=postgresql://u:$secret@no-such-host.invalid/x" migrate

# Migrations
files=(migrations/*.sql)
all=${#files[@]} last=$(basename "${files[-1]}")
ends 65 "lacks $all migrations; run 'platform migrate'" 'serve: not migrated' "$url" serve
ends 65 "lacks $all migrations; run 'platform migrate'" 'admin: not migrated' "$url" admin create a@example.com
ends 0 "^0 applied, $all to apply:" 'migrate --dry-run says what it would do' "$url" migrate --dry-run
ends 0 "^0 applied, $all to apply:" '… and does nothing' "$url" migrate --dry-run
ends 0 "applied .*$last\$" 'migrate' "$url" migrate
ends 0 '^migrate: the schema is up to date$' 'migrate again' "$url" migrate
ends 0 "^up to date \\($all applied\\)\$" 'migrate --dry-run at the end' "$url" migrate --dry-run
cp -R migrations "$work/migrations"
echo '-- a late thought' >>"$work/migrations/0002_accounts_and_sessions.sql"
ends 65 '0002_accounts_and_sessions.sql: was changed after' 'migrate: an edited migration' "$url" MIGRATIONS_DIR=migrations migrate
ends 65 '0002_accounts_and_sessions.sql: was changed after' 'serve: an edited migration' "$url" MIGRATIONS_DIR=migrations serve
rm "$work/migrations/0002_accounts_and_sessions.sql"
ends 65 'accounts_and_sessions was applied but its file is missing' 'a missing migration' "$url" MIGRATIONS_DIR=migrations migrate
rm "$work/migrations/"*
ends 65 'MIGRATIONS_DIR holds no migration' 'an empty folder' "$url" MIGRATIONS_DIR=migrations serve
ends 65 'cannot be read' 'no folder' "$url" MIGRATIONS_DIR=elsewhere serve --check-config
cp migrations/* "$work/migrations" && echo 'selekt 1;' >"$work/migrations/9999_broken.sql"
ends 65 '9999_broken.sql:1: ERROR 42601' 'a broken migration' "$url" MIGRATIONS_DIR=migrations migrate

# Accounts
ends 67 '^platform: no account has this address$' 'set-role: no such account' "$url" user set-role ada@example.com ADMIN
ends 64 'EMAIL must be an e-mail address' 'admin create: no address' "$url" admin create 'ada at@example.com'
ends 64 'must have 8 to 256 characters' 'admin create: a short password' "$url" admin create ada@example.com --password-stdin <<<short
ends 0 '^created the ADMIN ada@example.com$' 'admin create' "$url" admin create ada@example.com --name Ada --password-stdin <<<"$secret"
ends 67 'an account with this address exists' 'admin create: exists already' "$url" admin create ADA@example.com
ends 64 'the role must be ADMIN, VENDOR or CUSTOMER' 'set-role: no such role' "$url" user set-role ada@example.com ROOT
ends 0 'is now VENDOR' 'set-role' "$url" user set-role Ada@Example.com VENDOR

# Ports, and the administrator's login
python3 -c '
import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen()
print(s.getsockname()[1], flush=True); time.sleep(600)' >"$work/port" &
holder=$!
eventually test -s "$work/port" || { fail 'a port to be in use' 'nothing was listened on within a minute'; kill "$holder"; exit 1; }
taken=$(cat "$work/port")
ends 71 "port $taken on 127.0.0.1 is in use" 'port in use' "$url" PORT="$taken" ADMIN_PORT=off serve
ends 71 "port $taken on 127.0.0.1 is in use" 'admin port in use' "$url" PORT=0 ADMIN_PORT="$taken" serve
ends 71 'cannot listen on 192.0.2.1' 'an address of another machine' "$url" HOST=192.0.2.1 PORT=0 ADMIN_PORT=off serve
kill "$holder" && wait "$holder" 2>/dev/null || true

ends 0 'is now ADMIN' 'set-role back' "$url" user set-role ada@example.com ADMIN
(cd "$work" && exec env -i PATH="$PATH" "$url" MIGRATIONS_DIR="$repository/migrations" PORT=0 ADMIN_PORT=off "$PLATFORM" serve) \
    >"$work/log" 2>&1 &
server=$!
eventually grep -q '  API ' "$work/log" || fail 'the platform serves' "$(cat "$work/log")"
base=$(sed -n 's/^  API *//p' "$work/log")
answer=$(curl -sS "$base/api/auth/login" -H 'Content-Type: application/json' \
    -d "{\"email\":\"ada@example.com\",\"password\":\"$secret\"}" || true)
contains 'the administrator logs in' '"role":"ADMIN"' "$answer"
kill -TERM "$server"
wait "$server" && code=0 || code=$?
server=
equal 'SIGTERM ends it with 0' 0 "$code"
if grep -q "$secret" "$work/log"; then fail 'the log does not hold the password'; else pass 'the log does not hold the password'; fi

all_passed
