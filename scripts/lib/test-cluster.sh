# shellcheck shell=bash
# Sourced by scripts that need an empty database on the cluster of the tests. Several may run at once: each holds a shared lock,
# and the last one out stops the cluster, if one of them has started it.
# Sets owner_url, DATABASE_URL and database; call drop_database at the end.
export LOCKSTEP_CLUSTER=${LOCKSTEP_CLUSTER:-$PWD/.local/test-postgres}
mkdir -p "$(dirname "$LOCKSTEP_CLUSTER")"
exec 7>"$LOCKSTEP_CLUSTER.users"
flock -s 7
scripts/database.sh status || touch "$LOCKSTEP_CLUSTER.started"
# What outlives this script must not inherit the lock.
owner_url=$(scripts/database.sh start 7>&-)
database=lockstep_$$_$RANDOM
psql "$owner_url" -qAtc "create database $database"
DATABASE_URL=${owner_url/\/platform?/\/$database?}

drop_database() {
    psql "$owner_url" -qAtc "drop database if exists $database with (force)" || true
    if [ -e "$LOCKSTEP_CLUSTER.started" ] && flock -n -x 7; then
        rm -f "$LOCKSTEP_CLUSTER.started"
        scripts/database.sh stop || true
    fi
}
