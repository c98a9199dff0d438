# Sourced by bench.sh: the bodies, the simulator, a PostgreSQL server, configurations.
# shellcheck shell=bash disable=SC2154 # what bench.sh sets

now=2026-10-11T12:00:00Z
url=http://127.0.0.1:9 # nobody, until the simulator runs
server_pid=
cluster=

end_all() {
  stop_simulator
  stop_postgres
}

# The history that most rows load: `history_options` are the simulator's.
history_options() { printf '%s\n' --now "$now" --jobs "$jobs" --executions "$executions" --logs "$logs"; }

# Saves the bodies once; sets $bodies.
save_bodies() {
  bodies=$work/bodies-$jobs-$executions-$logs
  [ -e "$bodies/complete" ] && return
  say "saving the bodies of $jobs jobs x $executions executions x $logs log lines"
  rm -rf "$bodies"
  # shellcheck disable=SC2046 # words, none with a blank
  "$simulator" $(history_options) --order oldest --dump "$bodies"
  touch "$bodies/complete"
}

# start_simulator OPTION...; sets $url
start_simulator() {
  stop_simulator
  local first
  exec 3< <(exec "$simulator" --port 0 "$@")
  server_pid=$!
  read -r -t 30 first <&3 || fail 1 "the simulator did not start"
  url=${first#listening on }
}

stop_simulator() {
  [ -n "$server_pid" ] || return 0
  kill "$server_pid" 2>/dev/null || true
  wait "$server_pid" 2>/dev/null || true
  server_pid=
}

# tell METHOD PATH: asks the simulator's remote control, prints its answer
tell() {
  local host=${url#http://}
  exec 4<>"/dev/tcp/${host%:*}/${host#*:}"
  printf '%s /simulator/%s HTTP/1.1\r\nHost: bench\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' "$1" "$2" >&4
  cat <&4
  exec 4>&-
}

bytes_sent() { tell GET stats | sed -n 's/.*"bytes_sent":\([0-9]*\).*/\1/p'; }

as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# A server of its own with Debian's settings, reached by a socket; false where none is installed.
start_postgres() {
  [ -z "$cluster" ] || return 0
  local programs
  programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  [ -x "$programs/initdb" ] || return 1
  cluster=$(mktemp -d)
  postgres_stop=("$programs/pg_ctl" stop --wait --silent --mode=fast -D "$cluster/data")
  if [ "$(id -u)" = 0 ]; then chown postgres "$cluster"; fi
  as_postgres "$programs/initdb" --auth=trust --username=postgres --encoding=UTF8 \
    --locale=C.UTF-8 -D "$cluster/data" >"$work/initdb.log"
  as_postgres tee -a "$cluster/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$cluster'
CONF
  as_postgres "$programs/pg_ctl" start --wait --silent -D "$cluster/data" -l "$cluster/server.log"
  as_postgres createdb -h "$cluster" -U postgres bench_start
}

stop_postgres() {
  [ -n "$cluster" ] || return 0
  as_postgres "${postgres_stop[@]}" || true
  rm -rf "$cluster"
  cluster=
}

# database_url NAME
database_url() { printf 'postgresql://postgres@/bench_%s?host=%s' "$1" "$cluster"; }

# sql NAME ARGUMENT...
sql() {
  local url
  url=$(database_url "$1")
  shift
  psql -X -q -v ON_ERROR_STOP=1 -d "$url" "$@"
}

# Makes an empty database in the place of the one of this name.
new_database() {
  sql start -c 'SET client_min_messages = warning' -c "DROP DATABASE IF EXISTS bench_$1" \
    -c "CREATE DATABASE bench_$1" -c CHECKPOINT
}

# write_config FILE WAREHOUSE_URL [REQUESTS_AT_ONCE]
write_config() {
  cat >"$1" <<TOML
[source]
base_url = "$url"
max_concurrent_requests = ${3:-4}

[warehouse]
url = "$2"
TOML
  cat "$here/../rules.toml" >>"$1"
}
