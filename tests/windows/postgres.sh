#!/usr/bin/env bash
# Tests of tests/windows/wine.sh, which sources this: tidemark.exe with a PostgreSQL of Linux, over loopback.
set -euo pipefail
: "${build:?}" "${work:?}" "${linux:?}"
server_note=$work/server.txt
server_port=

# start_server: sets $server_port, and tells the cases of the server; fails, with a word, where there is none to start
start_server() {
  if [ ! -x "$build/tests/tidemark_tests" ] || ! command -v psql >/dev/null; then
    say "  skipped: it needs PostgreSQL and $build/tests/tidemark_tests"
    return 1
  fi
  "$build/tests/tidemark_tests" --start-server "$server_note"
  trap 'stop_simulator; "$build/tests/tidemark_tests" --stop-server "$server_note"' EXIT
  export TIDEMARK_TEST_SERVER=$server_note
  server_port=$(sed -n 2p "$server_note")
}

as_superuser() { psql -q -h 127.0.0.1 -p "$server_port" -U postgres "$@"; }

# postgres_folder NAME DATABASE: a folder with a configuration for this database
postgres_folder() {
  local dir
  dir=$(folder "postgres-$1")
  sed -i "s,^url = \"sqlite.*,url = \"postgresql://postgres@127.0.0.1:$server_port/$2\"," "$dir/config.toml"
  echo "$dir"
}

stores_the_same_in_postgresql() {
  local dir system table
  start_server || return 0
  start_simulator --jobs 4 --extras --seed 7 --now 2026-10-11T06:00:00Z
  for system in linux windows; do
    as_superuser -d postgres -c "CREATE DATABASE $system"
    dir=$(postgres_folder "$system" "$system")
  done
  (cd "$work/postgres-linux" && require_code 0 "$linux" sync)
  (cd "$work/postgres-windows" && require_code 0 windows sync && require_code 0 windows verify --offline)
  for system in linux windows; do
    for table in execution execution_log task_run transfer_task; do
      as_superuser -At -d "$system" -c "SELECT to_jsonb(t) - 'first_seen_at' - 'changed_at' FROM tidemark.$table t" | LC_ALL=C sort
    done >"$work/postgres-$system/dump"
  done
  [ -s "$work/postgres-linux/dump" ] || fail "nothing is stored"
  require_same "$work/postgres-linux/dump" "$work/postgres-windows/dump"
}

# serve_certificate NAME: the server shows this certificate from now on. It writes the files itself, as the key must be
# readable by its own account only.
serve_certificate() {
  local end
  for end in pem key; do
    as_superuser -d postgres -v content="$(cat "$work/tls/$1.$end")" <<SQL
COPY (SELECT unnest(string_to_array(:'content', E'\n'))) TO PROGRAM 'umask 077; cat >server.$end';
SQL
  done
  as_superuser -d postgres -c "ALTER SYSTEM SET ssl_cert_file = 'server.pem'" -c "ALTER SYSTEM SET ssl_key_file = 'server.key'" \
    -c "ALTER SYSTEM SET ssl = on" -c "SELECT pg_reload_conf()" >/dev/null
}

# The server's own roots are named in the URL, as libpq does not ask Windows for its roots.
reaches_postgresql_over_tls() {
  local dir name
  start_server || return 0
  make_certificates
  start_simulator --jobs 2 --seed 7 --now 2026-10-11T06:00:00Z
  dir=$(postgres_folder tls 'postgres?sslmode=verify-full\&sslrootcert=../tls/root.pem')
  (cd "$dir" && require_code 1 windows sync && require_in "$work/err" "turn TLS on at the server")
  for name in misnamed expired stranger; do
    say "  certificate '$name'"
    serve_certificate "$name"
    (cd "$dir" && require_code 1 windows sync && require_in "$work/err" certificate)
  done
  serve_certificate good
  # from here on whoever comes without TLS is turned away
  as_superuser -d postgres <<'SQL'
COPY (SELECT * FROM (VALUES ('local all all trust'), ('hostssl all all 127.0.0.1/32 trust')) AS rule) TO PROGRAM 'cat >pg_hba.conf';
SELECT pg_reload_conf() \g /dev/null
SQL
  (cd "$dir" && require_code 0 windows sync && require_code 0 windows verify --offline)
  [ "$(as_superuser -At -d postgres -c 'SELECT count(*) > 0 FROM tidemark.execution_log')" = t ] || fail "nothing is stored"
  sed -i 's,sslmode=verify-full,sslmode=disable,' "$dir/config.toml"
  (cd "$dir" && require_code 1 windows sync && require_in "$work/err" "pg_hba.conf")
}
