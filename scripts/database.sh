#!/usr/bin/env bash
# The private PostgreSQL cluster of this checkout.
# usage: scripts/database.sh start   start it (make it first if needed) and print its DATABASE_URL
#        scripts/database.sh stop    stop it
#        scripts/database.sh status  exit 0 when it runs
# It listens on a Unix socket only. PostgreSQL refuses to run as root: root hands it to the user 'postgres'.
# LOCKSTEP_CLUSTER names another folder than .local/postgres (tests and benchmarks use their own).
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(pwd -P)
bin=/usr/lib/postgresql/15/bin
home=${LOCKSTEP_CLUSTER:-$root/.local/postgres}

die() { echo "database: $1" >&2; exit "${2:-69}"; }
[ -x "$bin/postgres" ] || die "no PostgreSQL 15 server in $bin: run scripts/setup.sh run"

if [ "$(id -u)" -eq 0 ]; then
    as() { setpriv --reuid=postgres --regid=postgres --init-groups env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@"; }
    owner=postgres
else
    as() { env LC_ALL=C.UTF-8 "$@"; }
    owner=$(id -un)
fi

mkdir -p "$(dirname "$home")"
# A checkout in a folder that the server's user may not enter (/root, say) keeps its cluster in /var/lib instead.
if ! (cd / && as test -x "$(dirname "$home")"); then
    home=/var/lib/lockstep/$(printf '%s' "$home" | sha256sum | cut -c1-16)
fi
# A socket's path may have 107 bytes at the most; the file name takes 20 of them.
sockets=$home/socket
[ ${#sockets} -le 85 ] || sockets=/tmp/lockstep-$(printf '%s' "$home" | sha256sum | cut -c1-16)
url="postgresql:///platform?host=$sockets&user=platform_owner"

running() { [ -f "$home/data/postmaster.pid" ] && (cd / && as "$bin/pg_ctl" -D "$home/data" status >/dev/null 2>&1); }

make_cluster() {
    mkdir -p "$home"
    chown "$owner" "$home"
    chmod 700 "$home"
    (cd / && as "$bin/initdb" -D "$home/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --data-checksums >"$home/initdb.log" 2>&1) ||
        { tail -n 5 "$home/initdb.log" >&2; die "initdb failed (see $home/initdb.log)"; }
    cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
CONF
}

start() {
    [ -d "$home/data/base" ] || make_cluster
    mkdir -p "$sockets"
    chown "$owner" "$sockets"
    chmod 700 "$sockets"
    if ! running; then
        (cd / && as "$bin/pg_ctl" -D "$home/data" -w -t 60 -l "$home/server.log" -o "-k $sockets" start >/dev/null 2>&1) ||
            { tail -n 5 "$home/server.log" >&2; die "the server does not start (see $home/server.log)"; }
    fi
    as_superuser() { (cd / && as "$bin/psql" -h "$sockets" -U postgres -d "$1" -v ON_ERROR_STOP=1 -qAtc "$2"); }
    [ "$(as_superuser postgres "select 1 from pg_roles where rolname = 'platform_owner'")" = 1 ] ||
        as_superuser postgres "create role platform_owner login createrole createdb"
    [ "$(as_superuser postgres "select 1 from pg_database where datname = 'platform'")" = 1 ] ||
        as_superuser postgres "create database platform owner platform_owner"
}

case ${1:-} in
start) start; echo "$url" ;;
stop) if running; then (cd / && as "$bin/pg_ctl" -D "$home/data" -w -m fast stop >/dev/null); fi ;;
status) running ;;
*) die "usage: scripts/database.sh start|stop|status" 64 ;;
esac
