#!/usr/bin/env bash
# Runs tidemark.exe under Wine beside the Linux program, against the same simulator, and compares
# what both of them print and store. It ends with 0 when all agrees.
# usage: tests/windows/wine.sh PROGRAM.exe LINUX_BUILD [TEST...]
# shellcheck disable=SC2317 # the tests are called by their names
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "${1:?usage: wine.sh PROGRAM.exe LINUX_BUILD [TEST...]}")
build=$(realpath "${2:?usage: wine.sh PROGRAM.exe LINUX_BUILD [TEST...]}")
shift 2
linux=$build/tidemark
simulator=$build/tests/simulator
work=$(dirname "$program")/wine
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
export WINEPREFIX=${WINEPREFIX:-$work/prefix} WINEDEBUG=-all LC_ALL=C.UTF-8 TIDEMARK_API_KEY=synthetic-key
simulator_pid=
server_note=$work/server.txt

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

needs_only_the_systems_dlls() {
  local dll
  for dll in $(x86_64-w64-mingw32-objdump -p "$program" | sed -n 's/^\tDLL Name: //p' | tr '[:upper:]' '[:lower:]'); do
    case $dll in
      kernel32.dll | msvcrt.dll | ucrtbase.dll | api-ms-win-* | advapi32.dll | shell32.dll | user32.dll | ws2_32.dll | crypt32.dll | \
        bcrypt.dll | secur32.dll | gdi32.dll | winmm.dll | ole32.dll) ;;
      *) fail "it needs $dll" ;;
    esac
  done
}

says_its_version_and_that_of_the_zones() {
  require_code 0 windows --version
  require_in "$work/out" "tzdata 20"
  require_code 0 windows --help
  require_code 2 windows synk
  require_in "$work/err" "did you mean 'sync'?"
}

stores_and_prints_the_same_as_on_linux() {
  start_simulator --jobs 5 --extras --seed 7 --now 2026-10-11T06:00:00Z
  sync_both same
  local view
  for view in last_successful_load failed_runs dim_date attribution_coverage; do
    (cd "$work/same-linux" && "$linux" query "$view" --format csv) | cut -d, -f1-4 >"$work/same-linux/$view"
    (cd "$work/same-windows" && windows query "$view" --format csv) | cut -d, -f1-4 >"$work/same-windows/$view"
    [ "$(wc -l <"$work/same-linux/$view")" -gt 1 ] || [ "$view" = failed_runs ] || fail "'$view' is empty"
    require_same "$work/same-linux/$view" "$work/same-windows/$view"
  done
  (cd "$work/same-windows" && require_code 0 windows verify --offline && require_code 0 "$linux" verify --offline)
  (cd "$work/same-windows" && require_code 0 windows report 'Bericht für ös.html' && [ -s 'Bericht für ös.html' ])
  (cd "$work/same-windows" && require_code 0 windows sync)
  dump "$work/same-windows/tidemark.db" >"$work/same-windows/dump2"
  require_same "$work/same-windows/dump" "$work/same-windows/dump2"
}

stores_the_same_in_postgresql() {
  local port dir system table
  if [ ! -x "$build/tests/tidemark_tests" ] || ! command -v psql >/dev/null; then
    say "  skipped: it needs PostgreSQL and $build/tests/tidemark_tests"
    return
  fi
  "$build/tests/tidemark_tests" --start-server "$server_note"
  trap 'stop_simulator; "$build/tests/tidemark_tests" --stop-server "$server_note"' EXIT
  port=$(sed -n 2p "$server_note")
  start_simulator --jobs 4 --extras --seed 7 --now 2026-10-11T06:00:00Z
  for system in linux windows; do
    psql -q -h 127.0.0.1 -p "$port" -U postgres -d postgres -c "CREATE DATABASE $system"
    dir=$(folder "postgres-$system")
    sed -i "s,^url = \"sqlite.*,url = \"postgresql://postgres@127.0.0.1:$port/$system\"," "$dir/config.toml"
  done
  (cd "$work/postgres-linux" && require_code 0 "$linux" sync)
  (cd "$work/postgres-windows" && require_code 0 windows sync && require_code 0 windows verify --offline)
  for system in linux windows; do
    for table in execution execution_log task_run transfer_task; do
      psql -At -h 127.0.0.1 -p "$port" -U postgres -d "$system" -c "SELECT to_jsonb(t) - 'first_seen_at' - 'changed_at' FROM tidemark.$table t" | LC_ALL=C sort
    done >"$work/postgres-$system/dump"
  done
  [ -s "$work/postgres-linux/dump" ] || fail "nothing is stored"
  require_same "$work/postgres-linux/dump" "$work/postgres-windows/dump"
}

keeps_an_archive_that_both_systems_read() {
  local dir
  start_simulator --jobs 3 --seed 7 --now 2026-10-11T06:00:00Z
  dir=$(folder archived)
  printf '[archive]\ndir = "archive"\n' >>"$dir/config.toml"
  (cd "$dir" && require_code 0 windows sync && require_code 0 windows sync)
  (cd "$dir" && require_code 0 windows archive verify && require_code 0 "$linux" archive verify)
  dump "$dir/tidemark.db" | grep execution_key >"$dir/dump"
  [ -s "$dir/dump" ] || fail "nothing is stored"
  rm "$dir"/tidemark.db*
  (cd "$dir" && require_code 0 windows sync --from-archive archive)
  dump "$dir/tidemark.db" | grep execution_key >"$dir/rebuilt"
  require_same "$dir/dump" "$dir/rebuilt"
}

knows_zones_at_the_edges_of_summer_time() {
  local zone
  for zone in Europe/Copenhagen America/St_Johns Australia/Lord_Howe Africa/Casablanca Europe/Dublin; do
    start_simulator --jobs 1 --seed 3 --every-hours 1 --executions-per-day 24 --logs-per-execution 2 \
      --start 2025-09-20T00:00:00Z --now 2026-05-01T00:00:00Z --time "zone:$zone"
    sync_both zones "timezone = \"$zone\""
    [ "$(sqlite3 "$work/zones-windows/tidemark.db" 'SELECT count(*) FROM execution')" -gt 3000 ] || fail "too few executions"
  done
}

takes_names_of_every_script_in_paths() {
  start_simulator --jobs 2 --seed 5 --now 2026-10-11T06:00:00Z
  local dir
  dir=$(folder 'Übung – 日本 (ñ)' 'api_key_file = "schlüssel ключ.key"')
  printf '\xef\xbb\xbf%s\r\n' "$TIDEMARK_API_KEY" >"$dir/schlüssel ключ.key"
  # as Notepad saves it
  { printf '\xef\xbb\xbf' && sed 's/sqlite:tidemark.db/sqlite:lagér данные.db/; s/$/\r/' "$dir/config.toml"; } >"$dir/einstellungen ä.toml"
  unset TIDEMARK_API_KEY
  (cd "$dir" && require_code 0 windows sync --config 'einstellungen ä.toml' --summary 'übersicht.json')
  export TIDEMARK_API_KEY=synthetic-key
  [ -s "$dir/lagér данные.db" ] || fail "the warehouse has another name"
  [ -s "$dir/übersicht.json" ] || fail "the summary has another name"
  (cd "$dir" && require_code 0 windows query jobs --config 'einstellungen ä.toml')
  iconv -t UTF-16 "$dir/config.toml" >"$dir/utf16.toml"
  (cd "$dir" && require_code 2 windows sync --config utf16.toml && require_in "$work/err" "it is UTF-16; save it as UTF-8")
  (cd "$dir" && require_code 2 windows sync --config 'fehlt ß.toml' && require_in "$work/err" "'fehlt ß.toml'")
}

lets_one_of_two_syncs_wait_and_give_up() {
  start_simulator --jobs 12 --seed 5 --latency-ms 3000 --now 2026-10-11T06:00:00Z
  local dir first
  dir=$(folder two)
  (cd "$dir" && exec "$wine" "$program" sync) >"$dir/first" 2>&1 &
  first=$!
  for _ in $(seq 100); do
    [ ! -s "$dir/tidemark.db" ] || break
    sleep 0.2
  done
  sleep 2
  (cd "$dir" && require_code 4 windows sync && require_in "$work/err" "another sync holds")
  wait "$first" || fail "the first sync failed: $(cat "$dir/first")"
}

loses_nothing_when_it_is_killed() {
  start_simulator --jobs 6 --seed 9 --latency-ms 800 --now 2026-10-11T06:00:00Z
  local dir pid round
  dir=$(folder killed)
  for round in 1 2 3; do
    (cd "$dir" && exec "$wine" "$program" sync) >"$dir/log" 2>&1 &
    pid=$!
    sleep "$((round + 1)).5"
    kill -KILL "$pid" 2>/dev/null || say "it was done before it was killed"
    wait "$pid" 2>/dev/null || true
  done
  (cd "$dir" && require_code 0 windows sync && require_code 0 windows verify --offline)
  dump "$dir/tidemark.db" >"$dir/dump"
  sync_both undisturbed
  # keys follow the order of loading: compare what they point to
  local db
  for db in "$dir" "$work/undisturbed-linux"; do
    sqlite3 "$db/tidemark.db" "SELECT j.job_id, e.execution_id, e.state, e.created_at, e.ended_at, e.log_count,
      (SELECT group_concat(hex(log_id) || message || line_number, ';') FROM execution_log l WHERE l.execution_key = e.execution_key),
      (SELECT group_concat(t.name || r.outcome, ';') FROM task_run r JOIN transfer_task t USING (transfer_task_key)
        WHERE r.execution_key = e.execution_key ORDER BY t.name)
      FROM execution e JOIN job j USING (job_key) ORDER BY 1, 2" >"$db/contents"
  done
  [ -s "$dir/contents" ] || fail "nothing is stored"
  require_same "$work/undisturbed-linux/contents" "$dir/contents"
}

stops_at_ctrl_c_and_keeps_what_is_complete() {
  start_simulator --jobs 20 --seed 9 --latency-ms 1000 --now 2026-10-11T06:00:00Z
  local dir pid code=0
  dir=$(folder interrupted)
  (cd "$dir" && exec "$wine" "$program" sync) >"$dir/log" 2>&1 &
  pid=$!
  sleep 6
  kill -INT "$pid" # which Wine makes a Ctrl-C
  wait "$pid" || code=$?
  [ "$code" = 130 ] || fail "exit code $code instead of 130: $(tail -n 3 "$dir/log")"
  require_in "$dir/log" "interrupted; what was complete is stored"
  (cd "$dir" && require_code 0 windows verify --offline)
}

# certificate NAME SUBJECT_NAME CA DAYS
certificate() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=synthetic" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3.key" -CAcreateserial -days "$4" -out "$1.pem" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$2") 2>/dev/null
}

refuses_certificates_that_nobody_vouches_for() {
  local dir=$work/tls name
  mkdir -p "$dir"
  (
    cd "$dir"
    for name in root other; do
      openssl req -x509 -newkey rsa:2048 -nodes -keyout $name.key -out $name.pem -days 30 -subj "/CN=Synthetic $name" 2>/dev/null
    done
    certificate good IP:127.0.0.1,DNS:localhost root 30
    certificate misnamed DNS:gateway.example root 30
    certificate expired IP:127.0.0.1,DNS:localhost root -1
    certificate stranger IP:127.0.0.1,DNS:localhost other 30
    openssl x509 -in root.pem -outform DER -out root.der
  )
  x86_64-w64-mingw32-gcc-posix -municode -static -o "$work/trust.exe" "$here/trust.c" -lcrypt32
  try_certificate good "" 1
  try_certificate good 'ca_file = "../tls/root.pem"' 0
  try_certificate misnamed 'ca_file = "../tls/root.pem"' 1
  try_certificate expired 'ca_file = "../tls/root.pem"' 1
  try_certificate stranger 'ca_file = "../tls/root.pem"' 1
  "$wine" "$work/trust.exe" "$(winpath "$dir/root.der")" || fail "the root could not be added"
  try_certificate good "" 0 # by the roots that Windows trusts
  try_certificate misnamed "" 1
  try_certificate expired "" 1
  try_certificate stranger "" 1
}

winpath() { printf 'Z:%s' "${1//\//\\}"; }

# try_certificate NAME LINE EXIT_CODE
try_certificate() {
  local dir
  start_simulator --jobs 1 --certificate "$work/tls/$1.pem" --private-key "$work/tls/$1.key"
  dir=$(folder "tls-$1" "retries = 0" "$2")
  say "  certificate '$1' with '$2'"
  (cd "$dir" && require_code "$3" windows sync && { [ "$3" = 0 ] || require_in "$work/err" certificate; })
}

keeps_the_key_from_others() {
  start_simulator --jobs 1 --seed 5
  local dir
  dir=$(folder key 'api_key_file = "tidemark.key"')
  rm "$dir/config.toml"
  (cd "$dir" && printf %s "$TIDEMARK_API_KEY" |
    require_code 0 windows init --api-key-stdin --base-url "$url" --warehouse sqlite:tidemark.db)
  (cd "$dir" && require_code 0 windows sync)
}

tests=(
  needs_only_the_systems_dlls says_its_version_and_that_of_the_zones stores_and_prints_the_same_as_on_linux
  stores_the_same_in_postgresql keeps_an_archive_that_both_systems_read
  knows_zones_at_the_edges_of_summer_time takes_names_of_every_script_in_paths lets_one_of_two_syncs_wait_and_give_up
  loses_nothing_when_it_is_killed stops_at_ctrl_c_and_keeps_what_is_complete
  refuses_certificates_that_nobody_vouches_for keeps_the_key_from_others
)

main() {
  local test failures=0
  mkdir -p "$work"
  [ -d "$WINEPREFIX/drive_c" ] || { say "preparing Wine" && "$wine" wineboot -i >/dev/null 2>&1; }
  trap stop_simulator EXIT
  for test in "${@:-${tests[@]}}"; do
    # beside this shell: within a condition a failure would not end it
    (set -e; trap stop_simulator EXIT; "$test") &
    if wait $!; then say "ok      ${test//_/ }"; else say "FAILED  ${test//_/ }" && failures=$((failures + 1)); fi
  done
  [ "$failures" = 0 ] || { say "$failures failed"; exit 1; }
}

main "$@"
