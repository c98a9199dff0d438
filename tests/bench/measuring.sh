# Sourced by bench.sh: times commands, turn by turn, and makes the table's lines out of it.
# shellcheck shell=bash disable=SC2154 # what bench.sh sets

table=()

# times NAME: the file that holds what the runs of this name took
times() { printf '%s/times/%s' "$work" "$1"; }

# forget NAME...: begins anew
forget() {
  mkdir -p "$work/times"
  local name
  for name in "$@"; do : >"$(times "$name")"; done
}

# measure NAME COMMAND...
measure() {
  local name=$1
  shift
  "$stopwatch" "$(times "$name")" "$@" >"$work/out.log" 2>&1 ||
    fail 1 "'$*' failed: $(tail -n 3 "$work/out.log")"
}

# in_turn FUNCTION NAME... : calls `FUNCTION NAME RUN` for each name, so often as is asked for
in_turn() {
  local function=$1 run name
  shift
  forget "$@"
  for ((run = 1; run <= rounds; ++run)); do
    for name in "$@"; do "$function" "$name" "$run"; done
  done
}

# ratio NAME BASE [FIELD]: of the runs side by side, median (least to most)
ratio() {
  paste -d ' ' "$(times "$1")" "$(times "$2")" |
    awk -v field="${3:-1}" '{ print $field / $(field + 3) }' | sort -g |
    awk '{ value[NR] = $1 }
      END { printf "%.3g (%.3g to %.3g)", (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2, value[1], value[NR] }'
}

# median NAME FIELD
median() {
  awk -v field="$2" '{ print $field }' "$(times "$1")" | sort -g |
    awk '{ value[NR] = $1 } END { printf "%.3g", (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

# seconds NAME: on the clock, and of the processors
seconds() { printf '%s s (%s s of processor)' "$(median "$1" 1)" "$(median "$1" 2)"; }

# peak NAME: the most of all runs
peak() { awk '$3 > most { most = $3 } END { printf "%.0f MiB", most / 1024 }' "$(times "$1")"; }

# line WORK TARGET REACHED SECONDS PEAK
line() {
  table+=("| $1 | $2 | $3 | $4 | $5 |")
  say "$1: $3 (target: $2)"
}

print_table() {
  printf '| %s |\n' 'work | target | reached: median (least to most) | median time | peak memory' \
    '--- | --- | --- | --- | ---'
  printf '%s\n' "${table[@]}"
}

describe_machine() {
  local model memory
  model=$(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)
  memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
  say "$(nproc) cores (${model:-unknown}), $memory, load $(cut -d ' ' -f 1 /proc/loadavg)," \
    "$rounds runs of each side"
}
