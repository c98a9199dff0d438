# Sourced by bench.sh: every view over a year of history, in two shapes, in both databases.
# shellcheck shell=bash disable=SC2154 # what bench.sh sets

# Whole rows, as text.
ask_sqlite() {
  # shellcheck disable=SC2016 # for the shell within
  measure "$1" bash -c 'sqlite3 -readonly "$1" "SELECT * FROM $2" >/dev/null' ask "$work/$1.db" "$relation"
}

# The server writes them where it stands; then it tells what its process has computed for that, in
# hundredths of a second. One process: what helpers compute is not known afterwards.
ask_postgres() {
  local start=$EPOCHREALTIME ticks
  ticks=$(sql "$1" -At -c 'SET search_path = tidemark' -c 'SET max_parallel_workers_per_gather = 0' -c 'SET jit = off' \
    -c "COPY (SELECT * FROM $relation) TO '/dev/null'" \
    -c "SELECT split_part(stat, ' ', 14)::int + split_part(stat, ' ', 15)::int
        FROM pg_read_file('/proc/self/stat') AS stat")
  awk -v start="$start" -v end="$EPOCHREALTIME" -v ticks="$ticks" \
    'BEGIN { print end - start, ticks / 100, 0 }' >>"$(times "$1")"
}

# year DATABASE RELATION...: a line for each
year() {
  local relation name=$1
  shift
  for relation in "$@"; do
    in_turn "ask_${name%_*}" "$name"
    line "\`$relation\` in ${name%_*}, $shape" '≤ 2 s of processor' "$(median "$name" 2) s" "$(seconds "$name")" ''
  done
}

# year_of EXECUTIONS LINES JOBS TASKS
year_of() {
  local shape="$1 executions of $2 lines and $4 task runs" views
  fill sqlite_year years.sql executions="$1" lines="$2" jobs="$3" tasks="$4"
  views=$(sqlite3 "$work/sqlite_year.db" "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")
  # what the views that return all of history are compared with: a plain read of their table
  # shellcheck disable=SC2086 # words
  year sqlite_year execution task_run execution_log $views
  start_postgres || { say 'PostgreSQL is not installed: left out'; return; }
  copy_to_postgres sqlite_year postgres_year
  # shellcheck disable=SC2086 # words
  year postgres_year execution task_run execution_log $views
}

row_years() {
  local lines=$((jobs * executions * logs * 10))
  year_of $((lines / 20)) 20 100 10
  year_of $((lines / 500)) 500 20 12
}
