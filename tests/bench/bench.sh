#!/usr/bin/env bash
# Measures Tidemark side by side with the least that the same work can cost, on the same data, turn
# by turn, and prints a table of ratios. README.md says what each row means.
# usage: tests/bench/bench.sh BUILD_DIR [OPTION...]
# shellcheck source-path=SCRIPTDIR disable=SC2034 # what the sourced files use
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${1:?usage: tests/bench/bench.sh BUILD_DIR [OPTION...]}" && pwd)
shift
tidemark=$build/tidemark
simulator=$build/tests/simulator
stopwatch=$build/tests/stopwatch
floor=$build/tests/floor
work=${TIDEMARK_BENCH_DIR:-$(dirname "$build")/bench}

rounds=5
jobs=20
executions=100
logs=500
rows=
known_rows='sqlite postgres nights unchanged newest latency small growth messages views years huge'
compared=()

usage() {
  cat <<'TEXT'
usage: ./dev bench [OPTION...]

  --ten-times             ten times the history, and the rows that compare a long history with a
                          short one
  --ten-gigabytes         only the row of a single body of 10 GB
  --rows ROW,...          only these: sqlite, postgres, nights, unchanged, newest, latency,
                          small, growth, messages, views, years, huge
  --runs N                so many runs of each side (default: 5)
  --size JOBS,EXECUTIONS,LOGS
                          the history (default: 20,100,500, which is 230 MB)
  --compare REV1 REV2     compare two commits instead: both are built, and run turn by turn
TEXT
}

# fail EXIT_CODE WORDS...
fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

say() { printf 'bench: %s\n' "$*" >&2; }

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --ten-times) executions=1000 rows=${rows:-sqlite,postgres,unchanged,newest,growth} ;;
      --ten-gigabytes) rows=huge ;;
      --rows) rows=${2:?} && shift ;;
      --runs) rounds=${2:?} && shift ;;
      --size) IFS=, read -r jobs executions logs <<<"${2:?}" && shift ;;
      --compare) compared=("${2:?}" "${3:?}") && shift 2 ;;
      -h | --help) usage && exit 0 ;;
      *) usage >&2 && exit 2 ;;
    esac
    shift
  done
  rows=${rows:-sqlite,postgres,nights,unchanged,newest,latency,small}
  local row
  for row in ${rows//,/ }; do
    [[ " $known_rows " == *" $row "* ]] || fail 2 "there is no row '$row'; there are: $known_rows"
  done
}

. "$here/surroundings.sh"
. "$here/measuring.sh"
. "$here/rows.sh"
. "$here/years.sh"
. "$here/compare.sh"

main() {
  read_options "$@"
  mkdir -p "$work"
  trap end_all EXIT
  export TIDEMARK_API_KEY=bench
  describe_machine
  if [ ${#compared[@]} = 2 ]; then
    compare_programs "${compared[@]}"
  else
    local row
    for row in ${rows//,/ }; do
      "row_$row"
    done
  fi
  print_table
}

main "$@"
