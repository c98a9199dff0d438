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
work=$(dirname "$program")/wine
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
export WINEPREFIX=${WINEPREFIX:-$work/prefix} WINEDEBUG=-all LC_ALL=C.UTF-8 TIDEMARK_API_KEY=synthetic-key

# shellcheck disable=SC1091 # which ./dev lint looks through too, as the two below
. "$here/harness.sh"
# shellcheck disable=SC1091
. "$here/certificates.sh"
# shellcheck disable=SC1091
. "$here/postgres.sh"

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
  require_contents_of "$work/undisturbed-linux" "$dir"
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

writes_rows_into_a_file() {
  start_simulator --jobs 3 --seed 7 --now 2026-10-11T06:00:00Z
  local dir
  dir=$(folder rows)
  (cd "$dir" && require_code 0 windows sync)
  (
    cd "$dir"
    windows query execution_log --format csv --bom >printed
    echo "the old rows" >'zeilen – 行.csv'
    require_code 0 windows query execution_log --bom --output 'zeilen – 行.csv'
    [ "$(wc -l <printed)" -gt 100 ] || fail "too few rows"
    require_same printed 'zeilen – 行.csv'
    [ ! -e 'zeilen – 行.csv.new' ] || fail "its beginning is left"
    mkdir 'ordner ä'
    require_code 2 windows query jobs --output 'ordner ä'
    require_in "$work/err" "cannot write 'ordner ä': it is a folder"
    require_code 2 windows query jobs --output tidemark.db
    require_in "$work/err" "it is the warehouse"
  )
}

# A disk in memory, which a sync and a query fill.
bears_a_full_disk() {
  local dir disk=$work/small-disk
  mkdir -p "$disk"
  if ! mount -t tmpfs -o size=900k tmpfs "$disk" 2>/dev/null; then
    say "  skipped: no right to mount a small disk"
    return
  fi
  trap 'stop_simulator; umount -l "$work/small-disk"' EXIT
  start_simulator --jobs 6 --seed 9 --now 2026-10-11T06:00:00Z
  dir=$(folder full)
  sed -i 's,sqlite:tidemark.db,sqlite:../small-disk/tidemark.db,' "$dir/config.toml"
  (cd "$dir" && require_code 1 windows sync && require_in "$work/err" "disk is full")
  mount -o remount,size=64m "$disk"
  (cd "$dir" && require_code 0 windows sync && require_code 0 windows verify --offline)
  sync_both undisturbed
  require_contents_of "$work/undisturbed-linux" "$disk"
  echo "the old rows" >"$disk/rows.csv"
  dd if=/dev/zero of="$disk/ballast" bs=4k 2>/dev/null || true # until it is full
  (cd "$work/undisturbed-windows" && require_code 1 windows query execution_log --output ../small-disk/rows.csv)
  require_in "$work/err" "cannot write '../small-disk/rows.csv': No space left on device"
  [ "$(cat "$disk/rows.csv")" = "the old rows" ] || fail "the old rows are gone"
  [ ! -e "$disk/rows.csv.new" ] || fail "a part of the new rows is left"
}

# failing_folder NAME [LINE...]: whose sync fails, with these lines under [alert]
failing_folder() {
  local dir name=$1 url=http://127.0.0.1:9 # where nobody listens
  shift
  dir=$(folder "$name" 'retries = 0')
  { echo '[alert]' && printf '%s\n' "$@"; } >>"$dir/config.toml"
  echo "$dir"
}

alerts_by_a_command() {
  local dir
  x86_64-w64-mingw32-gcc-posix -static -o "$work/alerted.exe" "$here/alerted.c"
  dir=$(failing_folder alerted "command = '..\\alerted.exe \"a message ü.json\"'")
  (
    cd "$dir"
    require_code 1 windows sync
    require_in "$work/err" "alerted: done"
    require_in "$work/err" "it ended with 7" # the input came whole, and the key was not there
    grep -q '^{"program":"tidemark",.*"kind":"sync_failed".*}]}$' a\ message* || fail "the command was told something else"
  )
  dir=$(failing_folder hanging 'command = "..\\alerted.exe"' 'timeout_s = 1')
  (cd "$dir" && require_code 1 windows sync && require_in "$work/err" "it did not end within 1 s")
  dir=$(failing_folder missing 'command = "no-such-program"')
  (cd "$dir" && require_code 1 windows sync && require_in "$work/err" "cannot alert by 'no-such-program': it ended with ")
}

# Wine writes what goes into the event log as a line of its own log.
writes_failed_syncs_into_the_event_log() {
  local dir
  dir=$(failing_folder events 'eventlog = true')
  (
    cd "$dir"
    WINEDEBUG=-all,err+eventlog require_code 1 windows sync
    [ "$(grep -c 'eventlog:ReportEventW' "$work/err")" = 1 ] || { cat "$work/err" >&2; fail "there is not one entry"; }
    require_in "$work/err" "organisation 'default': the sync failed: "
    WINEDEBUG=-all,err+eventlog require_code 1 windows sync
    require_in "$work/err" 'eventlog:ReportEventW' # every time
  )
  start_simulator --jobs 1 --seed 5
  dir=$(folder no-event)
  printf '[alert]\neventlog = true\n' >>"$dir/config.toml"
  (
    cd "$dir"
    WINEDEBUG=-all,err+eventlog require_code 0 windows sync
    ! grep -q 'eventlog' "$work/err" || fail "a sync that went well is in the event log"
  )
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

passes_the_cases_that_run_within_a_process() {
  start_server || fail "the cases need a server"
  # one says what is refused where there is no event log, one looks at the modes of files
  require_cases 700 "$(dirname "$program")/tests/tidemark_tests.exe" '~The event log of Windows is refused where there is none' \
    '~who owns an archive alone may read it'
}

tests=(
  passes_the_cases_that_run_within_a_process
  needs_only_the_systems_dlls says_its_version_and_that_of_the_zones stores_and_prints_the_same_as_on_linux
  stores_the_same_in_postgresql reaches_postgresql_over_tls keeps_an_archive_that_both_systems_read
  knows_zones_at_the_edges_of_summer_time takes_names_of_every_script_in_paths lets_one_of_two_syncs_wait_and_give_up
  loses_nothing_when_it_is_killed stops_at_ctrl_c_and_keeps_what_is_complete
  refuses_certificates_that_nobody_vouches_for keeps_the_key_from_others
  writes_rows_into_a_file bears_a_full_disk alerts_by_a_command writes_failed_syncs_into_the_event_log
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
