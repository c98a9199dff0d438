#!/usr/bin/env bash
# Syncs the bundled simulator of the jobs API into a SQLite file and prints when each data source
# was last loaded; a page of HTML shows the rest.
# usage: tests/demo.sh BUILD_DIR
set -euo pipefail

build=$(cd "${1:?usage: tests/demo.sh BUILD_DIR}" && pwd)
demo=$(dirname "$build")/demo
tidemark=$build/tidemark
config=$demo/config.toml
simulator_pid=

say() { printf 'demo: %s\n' "$*" >&2; }

# die EXIT_CODE WORDS...
die() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

stop_simulator() {
  [ -n "$simulator_pid" ] || return 0
  kill "$simulator_pid" 2>/dev/null || true
  wait "$simulator_pid" || true
}

# Sets $url.
start_simulator() {
  local line
  exec 3< <(exec "$build/tests/simulator" --port 0 --key-env TIDEMARK_API_KEY --jobs 5 --extras)
  simulator_pid=$!
  read -r -t 30 line <&3 || die 1 "the simulator did not start"
  url=${line#listening on }
}

write_config() {
  cat >"$config" <<TOML
[source]
base_url = "$url"
api_key_env = "TIDEMARK_API_KEY"

[warehouse]
url = "sqlite:tidemark.db"
TOML
  cat "$(dirname "$0")/rules.toml" >>"$config"
}

main() {
  [ -x "$tidemark" ] || die 1 "no program at '$tidemark', build it first"
  TIDEMARK_API_KEY=demo-$RANDOM$RANDOM
  export TIDEMARK_API_KEY
  mkdir -p "$demo"
  rm -f "$demo"/tidemark.db*
  trap stop_simulator EXIT
  start_simulator
  write_config
  say "syncing a simulated organisation, 5 jobs over 30 days, from $url"
  "$tidemark" sync --config "$config" || die $? "the sync failed"
  say "when was each data source last loaded?"
  "$tidemark" query last_successful_load --config "$config" || die $? "the query failed"
  "$tidemark" report "$demo/report.html" --config "$config" 2>/dev/null || die $? "the report failed"
  say "the warehouse is $demo/tidemark.db, its configuration $config"
  say "look at it with any SQLite tool: sqlite3 -box '$demo/tidemark.db' 'SELECT * FROM failed_runs'"
  say "or open its report in a browser: $demo/report.html"
}

main
