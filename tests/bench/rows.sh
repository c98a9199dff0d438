# Sourced by bench.sh: one function per row of the table, `row_NAME`.
# shellcheck shell=bash disable=SC2154 # what bench.sh sets

# SQLite, first load

# load_sqlite PROGRAM NAME: over HTTP into a file that is not there yet
load_sqlite() {
  rm -f "$work/$2.db"*
  write_config "$work/$2.toml" "sqlite:$2.db"
  measure "$2" "$1" sync --config "$work/$2.toml"
}

run_floor() {
  rm -f "$work/$1.db"*
  write_config "$work/$1.toml" "sqlite:$1.db"
  "$tidemark" migrate --config "$work/$1.toml" >"$work/out.log" 2>&1
  measure "$1" "$floor" "$bodies" "$work/$1.db"
}

sqlite_side() {
  case $1 in
    floor) run_floor "$1" ;;
    *) load_sqlite "$tidemark" "$1" ;;
  esac
}

# What one would write without Tidemark: executions and log lines, nothing else.
run_jq() {
  rm -f "$work/jq.db"*
  # shellcheck disable=SC2016 # for the shell within
  measure jq bash -c '
    for body in "$1"/logs/*.json; do
      jq -c ".[] | del(.JobExecutionLogs)" "$body" |
        sqlite-utils insert "$2" execution - --nl --pk Id
      jq -c ".[].JobExecutionLogs[]" "$body" |
        sqlite-utils insert "$2" execution_log - --nl --pk JobExecutionId --pk Id
    done' jq "$bodies" "$work/jq.db"
}

load_sqlite_against_floor() {
  save_bodies
  # shellcheck disable=SC2046
  start_simulator $(history_options) --order oldest
  in_turn sqlite_side floor sqlite
  line "first load into SQLite, over HTTP, $logs lines each" '≤ 0.9 × floor' "$(ratio sqlite floor)" \
    "$(seconds sqlite) : $(seconds floor)" "$(peak sqlite) (target: ≤ 64)"
}

row_sqlite() {
  load_sqlite_against_floor
  if ! command -v jq >/dev/null || ! command -v sqlite-utils >/dev/null; then
    say 'jq and sqlite-utils are not both installed: left out'
    return
  fi
  say 'once with jq and sqlite-utils: this takes minutes'
  forget jq
  run_jq
  line 'the same' '≥ 20 × faster than jq + sqlite-utils' \
    "$(awk -v a="$(median jq 1)" -v b="$(median sqlite 1)" 'BEGIN { printf "%.3g", a / b }')" \
    "$(seconds sqlite) : $(seconds jq), one run" "$(peak jq) of jq + sqlite-utils"
}

# PostgreSQL, first load

# load_postgres PROGRAM NAME
load_postgres() {
  new_database "$2"
  write_config "$work/$2.toml" "$(database_url "$2")"
  measure "$2" "$1" sync --config "$work/$2.toml"
}

# The tables that a load alone fills, each after those that it refers to, which were made before it.
filled_tables() {
  sql "$1" -At -c "SELECT relname FROM pg_class WHERE relnamespace = 'tidemark'::regnamespace
    AND relkind = 'r' AND relname NOT IN ('schema_migration', 'setting', 'calendar_day', 'unknown_row') ORDER BY oid"
}

# Writes the rows of a loaded database into files, and the statements that copy them back.
export_rows() {
  local table rows
  : >"$work/copy.sql"
  for table in $(filled_tables "$1"); do
    rows=tidemark.$table
    # its row -1 is there already
    [ "$table" = message_template ] && rows="(SELECT * FROM tidemark.$table WHERE template_key > 0)"
    sql "$1" -c "\\copy $rows TO '$work/$table.copy'"
    echo "\\copy tidemark.$table FROM '$work/$table.copy'" >>"$work/copy.sql"
  done
}

run_copy() {
  new_database "$1"
  write_config "$work/$1.toml" "$(database_url "$1")"
  "$tidemark" migrate --config "$work/$1.toml" >"$work/out.log" 2>&1
  measure "$1" psql -X -q -1 -v ON_ERROR_STOP=1 -d "$(database_url "$1")" -f "$work/copy.sql"
}

postgres_side() {
  case $1 in
    copy) run_copy "$1" ;;
    *) load_postgres "$tidemark" "$1" ;;
  esac
}

row_postgres() {
  start_postgres || { say 'PostgreSQL is not installed: left out'; return; }
  # shellcheck disable=SC2046
  start_simulator $(history_options) --order oldest
  forget exported
  load_postgres "$tidemark" exported
  export_rows exported
  in_turn postgres_side copy postgres
  line "first load into PostgreSQL, over HTTP, $logs lines each" '≤ 1.1 × \copy' "$(ratio postgres copy)" \
    "$(seconds postgres) : $(seconds copy)" "$(peak postgres) (target: ≤ 64)"
}

# Both loads again, of executions as real nights have them: short ones that load many tasks.
row_nights() {
  local executions=$((executions * 20)) logs=20 # which is what the functions see
  load_sqlite_against_floor
  row_postgres
}

# Nothing new

unchanged_side() {
  case $1 in
    first) load_sqlite "$tidemark" "$1" ;;
    *) measure "$1" "$tidemark" sync --config "$work/first.toml" ;;
  esac
}

row_unchanged() {
  # shellcheck disable=SC2046
  start_simulator $(history_options) --order oldest
  in_turn unchanged_side first unchanged
  line 'nothing new, bodies oldest first' '≤ 0.25 × first load into SQLite' \
    "$(ratio unchanged first)" "$(seconds unchanged) : $(seconds first)" "$(peak unchanged)"
}

# In two long bodies of as many executions as all the jobs have.
row_newest() {
  local each=$((jobs * executions / 2)) whole part
  start_simulator --now "$now" --jobs 2 --executions "$each" --logs "$logs" --order newest
  forget newest_first newest
  load_sqlite "$tidemark" newest_first
  whole=$(bytes_sent)
  tell POST reset >/dev/null
  measure newest "$tidemark" sync --config "$work/newest_first.toml"
  part=$(bytes_sent)
  line "nothing new, bodies newest first (2 jobs × $each executions)" '≤ 2 % of the bytes' \
    "$(awk -v part="$part" -v whole="$whole" 'BEGIN { printf "%.3g %%", 100 * part / whole }')" \
    "$part of $whole bytes" "$(peak newest)"
}

# Many small jobs behind a slow line

latency_side() {
  local at_once=4
  [ "$1" = one_at_once ] && at_once=1
  rm -f "$work/$1.db"*
  write_config "$work/$1.toml" "sqlite:$1.db" "$at_once"
  measure "$1" "$tidemark" sync --config "$work/$1.toml"
}

row_latency() {
  start_simulator --now "$now" --jobs 500 --executions 5 --logs 10 --latency-ms 50
  in_turn latency_side one_at_once four_at_once
  line '500 small jobs at 50 ms, 4 at once' '≤ 0.3 × one at a time' \
    "$(ratio four_at_once one_at_once)" "$(seconds four_at_once) : $(seconds one_at_once)" \
    "$(peak four_at_once)"
}

# Many small jobs, each with one new execution, against curl that drops the same bodies: on one
# connection, one after the other.

small_side() {
  case $1 in
    day) tell POST 'clock?advance=86400' >/dev/null && measure "$1" "$tidemark" sync --config "$work/small.toml" ;;
    *) measure "$1" curl --silent --fail --config "$work/urls" ;;
  esac
}

row_small() {
  command -v curl >/dev/null || { say 'curl is not installed: left out'; return; }
  local count=$((jobs * 100)) list
  start_simulator --now "$now" --jobs "$count" --executions 20 --logs 20
  forget small
  load_sqlite "$tidemark" small
  list=$(curl --silent --fail --header "apiKey: $TIDEMARK_API_KEY" "$url/public/jobs")
  printf 'header = "apiKey: %s"\n' "$TIDEMARK_API_KEY" >"$work/urls"
  grep --only-matching '"Id":"[^"]*"' <<<"$list" | cut -d '"' -f 4 | while read -r id; do
    printf 'url = "%s/public/jobs/%s/logs"\noutput = "/dev/null"\n' "$url" "$id"
  done >>"$work/urls"
  in_turn small_side day curl
  line "a day more of $count small jobs" '≤ 1.5 × curl on one connection' "$(ratio day curl)" \
    "$(seconds day) : $(seconds curl)" "$(peak day)"
}

# A long history against a short one. The source returns the same bodies to both: it keeps only the
# last tenth of the long history.

grow() {
  [ "$1" = day_short ] && tell POST 'clock?advance=86400' >/dev/null
  measure "$1" "$tidemark" sync --config "$work/${1#day_}.toml"
}

ask() { measure "$1" "$tidemark" query last_successful_load --config "$work/${1#ask_}.toml"; }

row_growth() {
  local lines=$((jobs * executions * logs))
  # shellcheck disable=SC2046
  start_simulator $(history_options) --order oldest
  forget long short
  load_sqlite "$tidemark" long
  tell POST "options?retention-days=$((executions / 10))" >/dev/null
  load_sqlite "$tidemark" short
  in_turn grow day_short day_long
  line "adding one day, to $lines log lines" "≤ 1.3 × to a tenth of them" \
    "$(ratio day_long day_short)" "$(seconds day_long) : $(seconds day_short)" "$(peak day_long)"
  in_turn ask ask_short ask_long
  line "\`last_successful_load\`, at $lines log lines" "≤ 1.5 × at a tenth of them" \
    "$(ratio ask_long ask_short)" "$(seconds ask_long) : $(seconds ask_short)" "$(peak ask_long)"
}

# Twice the input: what took the square of it once. The rows are written by SQL, not loaded.

# fill NAME FILE PARAMETER=VALUE...: a warehouse in SQLite with the rows of an SQL file
fill() {
  local name=$1 file=$2 parameter settings=()
  shift 2
  for parameter in "$@"; do settings+=(".parameter set @${parameter%=*} ${parameter#*=}"); done
  rm -f "$work/$name.db"*
  write_config "$work/$name.toml" "sqlite:$name.db"
  "$tidemark" migrate --config "$work/$name.toml" >"$work/out.log" 2>&1
  sqlite3 -bail "$work/$name.db" "${settings[@]}" ".read '$here/$file'" >"$work/out.log"
  "$tidemark" migrate --config "$work/$name.toml" >"$work/out.log" 2>&1 # the days of these rows
}

# copy_to_postgres NAME COPY
copy_to_postgres() {
  new_database "$2"
  write_config "$work/$2.toml" "$(database_url "$2")"
  "$tidemark" copy --config "$work/$1.toml" --to "$(database_url "$2")" >"$work/out.log" 2>&1
}

# twice WORK HALF WHOLE FUNCTION: calls `FUNCTION NAME` in turn
twice() {
  in_turn "$4" "$2" "$3"
  line "$1" '≤ 2.5 × half of it' "$(ratio "$3" "$2")" "$(seconds "$3") : $(seconds "$2")" "$(peak "$3")"
}

list_messages() { measure "$1" "$tidemark" messages --config "$work/$1.toml"; }

suggest_rule() { measure "$1" "$tidemark" messages --suggest 00000200 --config "$work/$1.toml"; }

# What many shapes begin with: an error of the command line.
suggest_many() {
  # shellcheck disable=SC2016 # for the shell within
  measure "$1" bash -c '"$@"; [ $? = 2 ]' many "$tidemark" messages --suggest 0 --config "$work/$1.toml"
}

row_messages() {
  local shapes=$((jobs * executions * 10))
  fill shapes_half shapes.sql shapes=$((shapes / 2))
  fill shapes_whole shapes.sql shapes="$shapes"
  twice "\`messages\` over $shapes shapes" shapes_half shapes_whole list_messages
  twice "\`messages --suggest\` of a shape" shapes_half shapes_whole suggest_rule
  twice "\`messages --suggest\` of what all begin with" shapes_half shapes_whole suggest_many
}

ask_view() { measure "$1" "$tidemark" query "$view" --config "$work/$1.toml"; }

# The fact with its days, as Power BI asks for them.
join_days() {
  local query='SELECT month_name, count(*) FROM fact_task_run JOIN dim_date USING (date_key) GROUP BY 1'
  case $1 in
    sqlite_*) measure "$1" sqlite3 "$work/$1.db" "$query" ;;
    *) measure "$1" psql -X -q -d "$(database_url "$1")" -c 'SET search_path = tidemark' -c "$query" ;;
  esac
}

# ask_views KIND
ask_views() {
  local view
  for view in new_errors recent_loads late_sources last_successful_load; do
    twice "\`$view\` in $1, $history" "$1_half" "$1_whole" ask_view
  done
  twice "a fact with \`dim_date\` in $1, $history" "$1_half" "$1_whole" join_days
}

row_views() {
  local runs=$((jobs * executions * 50)) lines=$((jobs * executions * logs)) history
  history="$runs executions, $lines lines in a day"
  fill sqlite_half history.sql executions=$((runs / 2)) lines=$((lines / 2)) shapes=50
  fill sqlite_whole history.sql executions="$runs" lines="$lines" shapes=100
  ask_views sqlite
  start_postgres || { say 'PostgreSQL is not installed: left out'; return; }
  copy_to_postgres sqlite_half postgres_half
  copy_to_postgres sqlite_whole postgres_whole
  ask_views postgres
}

# One body of 10 GB, compared with an empty warehouse. Nothing to be side by side with.
row_huge() {
  start_simulator --now "$now" --jobs 1 --executions 87000 --logs 500
  rm -f "$work/huge.db"*
  write_config "$work/huge.toml" sqlite:huge.db
  forget huge
  measure huge "$tidemark" sync --dry-run --config "$work/huge.toml"
  line "one body of $(bytes_sent) bytes, --dry-run" '≤ 64 MiB of memory' "$(peak huge)" \
    "$(seconds huge)" "$(peak huge)"
}
