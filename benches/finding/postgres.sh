#!/usr/bin/env bash
# Starts a PostgreSQL of its own on a socket in a folder, with the data kept there, and stops it.
# No port is opened. Used by the benchmark `finding`.
#
#   postgres.sh start FOLDER | postgres.sh stop FOLDER
set -euo pipefail

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

bin=$(find /usr/lib/postgresql -path '*/bin/initdb' -printf '%h\n' 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ] || ! command -v psql >/dev/null; then
  echo "PostgreSQL is not installed (apt-get install postgresql)" >&2
  exit 1
fi

folder=$(realpath -m "$2")
case "$1" in
  start)
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    if [ ! -d "$folder/data" ]; then
      as_owner "$bin/initdb" -A trust -U bench -E UTF8 --locale=C -D "$folder/data" >/dev/null
    fi
    settings="-c listen_addresses= -c unix_socket_directories=$folder -c shared_buffers=1GB
      -c work_mem=256MB -c maintenance_work_mem=512MB -c max_wal_size=8GB -c fsync=off
      -c synchronous_commit=off -c jit=off -c random_page_cost=1.1"
    as_owner "$bin/pg_ctl" -w -D "$folder/data" -l "$folder/log" -o "${settings//$'\n'/ }" start >/dev/null
    ;;
  stop)
    as_owner "$bin/pg_ctl" -w -m fast -D "$folder/data" stop >/dev/null
    ;;
esac
