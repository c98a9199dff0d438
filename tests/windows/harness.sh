#!/usr/bin/env bash
# What the tests of tests/windows/wine.sh share: the simulator, folders with a configuration, and
# comparisons. It is sourced there, which sets the variables that begin below.
: "${here:?}" "${program:?}" "${linux:?}" "${work:?}" "${wine:?}"
simulator=${build:?}/tests/simulator
simulator_pid=

say() { printf 'wine: %s\n' "$*" >&2; }
fail() {
  say "$*"
  return 1
}

stop_simulator() {
  [ -n "$simulator_pid" ] || return 0
  kill "$simulator_pid" 2>/dev/null || true
  wait "$simulator_pid" 2>/dev/null || true
  simulator_pid=
}

# start_simulator OPTION...: sets $url
start_simulator() {
  local line
  stop_simulator
  exec 3< <(exec "$simulator" --port 0 --key-env TIDEMARK_API_KEY "$@")
  simulator_pid=$!
  read -r -t 60 line <&3 || fail "the simulator did not start"
  url=${line#listening on }
}

# folder NAME [LINE...]: an empty folder with a configuration that has these lines under [source]
folder() {
  local dir=$work/$1
  shift
  rm -rf "$dir"
  mkdir -p "$dir"
  {
    printf '[source]\nbase_url = "%s"\nmax_concurrent_requests = 1\n' "$url"
    [ $# = 0 ] || printf '%s\n' "$@"
    printf '[warehouse]\nurl = "sqlite:tidemark.db"\n'
    cat "$here/../rules.toml"
  } >"$dir/config.toml"
  echo "$dir"
}

windows() { "$wine" "$program" "$@"; }

# dump FILE: all that both systems must store alike; keys are given in the order of the bodies
dump() {
  local table
  for table in job execution execution_log transfer_task data_source task_run watermark rejected_record; do
    echo "== $table"
    sqlite3 -json "$1" "SELECT * FROM $table" |
      sed -E 's/"(first_seen_at|changed_at|renamed_at|last_seen_at|sync_key|updated_at|checked_at)":("[^"]*"|[0-9]+|null),?//g' |
      tr -d '[]' | sed 's/,$//' | sort
  done
}

require_same() {
  diff -u "$1" "$2" >"$work/difference" && return
  head -n 20 "$work/difference" >&2
  fail "'$1' and '$2' differ"
}

require_code() {
  local expected=$1 code=0
  shift
  "$@" >"$work/out" 2>"$work/err" || code=$?
  [ "$code" = "$expected" ] || { cat "$work/err" >&2; fail "exit code $code instead of $expected"; }
}

require_in() { grep -qF -- "$2" "$1" || { cat "$1" >&2; fail "'$2' is not in the output"; }; }

# sync_both NAME [LINE...]: the same history into two warehouses, and what they hold
sync_both() {
  local name=$1 on_linux on_windows
  shift
  on_linux=$(folder "$name-linux" "$@")
  on_windows=$(folder "$name-windows" "$@")
  (cd "$on_linux" && require_code 0 "$linux" sync)
  (cd "$on_windows" && require_code 0 windows sync)
  dump "$on_linux/tidemark.db" >"$on_linux/dump"
  dump "$on_windows/tidemark.db" >"$on_windows/dump"
  require_same "$on_linux/dump" "$on_windows/dump"
}

# require_contents_of FOLDER FOLDER: keys follow the order of loading, so what they point to is compared
require_contents_of() {
  local db
  for db in "$1" "$2"; do
    sqlite3 "$db/tidemark.db" "SELECT j.job_id, e.execution_id, e.state, e.created_at, e.ended_at, e.log_count,
      (SELECT group_concat(hex(log_id) || message || line_number, ';') FROM execution_log l WHERE l.execution_key = e.execution_key),
      (SELECT group_concat(t.name || r.outcome, ';') FROM task_run r JOIN transfer_task t USING (transfer_task_key)
        WHERE r.execution_key = e.execution_key ORDER BY t.name)
      FROM execution e JOIN job j USING (job_key) ORDER BY 1, 2" >"$db/contents"
  done
  [ -s "$1/contents" ] || fail "nothing is stored"
  require_same "$1/contents" "$2/contents"
}

# require_cases LEAST PROGRAM FILTER...: all cases of a test program pass under Wine, and they are at least so many:
# that nothing failed is worth nothing when nothing ran.
require_cases() {
  local passed
  [ -f "$2" ] || fail "there is no '$2'; './dev windows --test' builds it"
  (cd "$here/../.." && "$wine" "$2" "${@:3}") >"$work/cases" 2>&1 || { tail -n 60 "$work/cases" >&2; fail "cases failed"; }
  passed=$(sed -nE 's/.*All tests passed \(.* in ([0-9]+) test cases?\).*/\1/p' "$work/cases")
  say "  $(tail -n 2 "$work/cases" | tr -d '\r\n')"
  [ "${passed:-0}" -ge "$1" ] || fail "only '${passed:-0}' cases ran"
}
