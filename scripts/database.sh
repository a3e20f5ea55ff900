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
home=$(realpath -m "${LOCKSTEP_CLUSTER:-$root/.local/postgres}")

die() { echo "database: $1" >&2; exit "${2:-69}"; }
[ -x "$bin/postgres" ] || die "no PostgreSQL 15 server in $bin: run scripts/setup.sh run"

mkdir -p "$(dirname "$home")" || die "cannot make the folder of $home: set LOCKSTEP_CLUSTER to one that can be made"
if [ "$(id -u)" -eq 0 ]; then
    # A cluster that an ordinary user has made stays that user's.
    owner=$(stat -c %U "$home/data" 2>/dev/null || echo postgres)
    as() { setpriv --reuid="$owner" --regid="$(id -g "$owner")" --init-groups env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@"; }
else
    owner=$(id -un)
    [ ! -e "$home" ] || [ -O "$home" ] ||
        die "$home belongs to $(stat -c %U "$home"): run this as that user or as root, or set LOCKSTEP_CLUSTER to another folder"
    as() { env LC_ALL=C.UTF-8 "$@"; }
fi

# A checkout in a folder that the server's user may not enter (/root, say) keeps its cluster in /var/lib instead.
if ! (cd / && as test -x "$(dirname "$home")"); then
    home=/var/lib/lockstep/$(printf '%s' "$home" | sha256sum | cut -c1-16)
    mkdir -p /var/lib/lockstep
fi
# A socket's path may have 107 bytes at the most; the file name takes 20 of them. It stands in the connection string and
# on a command line, so it must be plain too.
sockets=$home/socket
if [ ${#sockets} -gt 85 ] || [[ $sockets == *[!A-Za-z0-9/._-]* ]]; then
    sockets=/tmp/lockstep-$(printf '%s' "$home" | sha256sum | cut -c1-16)
fi
url="postgresql:///platform?host=$sockets&user=platform_owner"

# The process that the server's file names, if it is the server: after a crash, another process may have its number.
server_id() { head -n 1 "$home/data/postmaster.pid" 2>/dev/null; }
running() {
    local id
    id=$(server_id) && [ -r "/proc/$id/cmdline" ] && grep -qzxF -- "$home/data" "/proc/$id/cmdline"
}

make_cluster() {
    mkdir -p "$home"
    chown "$owner" "$home"
    chmod 700 "$home"
    # Under another name until it is complete, in case this is interrupted.
    rm -rf "$home/data.new"
    (cd / && as "$bin/initdb" -D "$home/data.new" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --data-checksums >"$home/initdb.log" 2>&1) ||
        { tail -n 5 "$home/initdb.log" >&2; die "initdb failed (see $home/initdb.log)"; }
    cat >>"$home/data.new/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
CONF
    mv "$home/data.new" "$home/data"
}

start() {
    [ -d "$home/data" ] || make_cluster
    mkdir -p "$sockets"
    [ "$(id -u)" -eq 0 ] || [ -O "$sockets" ] || die "$sockets belongs to $(stat -c %U "$sockets"): remove it"
    chown "$owner" "$sockets"
    chmod 700 "$sockets"
    if ! running; then
        # The server clears up after a crash by itself, unless the number that it left belongs to another process now.
        if id=$(server_id) && [ -e "/proc/$id" ]; then rm -f "$home/data/postmaster.pid"; fi
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
start)
    # One at a time; the server must not inherit the lock.
    [ -w "$(dirname "$home")" ] || die "cannot write in the folder of $home: set LOCKSTEP_CLUSTER to another one"
    exec 8>"$home.lock"
    flock -w 120 8 || die "another start of this cluster takes too long"
    start 8>&-
    echo "$url"
    ;;
stop)
    if running; then (cd / && as "$bin/pg_ctl" -D "$home/data" -w -m fast stop >/dev/null); fi
    [ "$sockets" = "$home/socket" ] || rmdir "$sockets" 2>/dev/null || true
    ;;
status) running ;;
*) die "usage: scripts/database.sh start|stop|status" 64 ;;
esac
