#!/usr/bin/env bash
# run.sh BUILD SECONDS TARGET...: runs fuzz targets, as many at once as there are processors, from
# the seeds in corpus/ and what earlier runs found worth keeping. Prints a line per target; exits 1
# when one has a finding, which is left in BUILD/findings.
set -euo pipefail
build=$(realpath "$1") seconds=$2 here=$(dirname "$(realpath "$0")")
shift 2

fuzz() {
  local target=$1 corpus=$build/corpus/$1 log=$build/fuzz_$1.log
  mkdir -p "$corpus" "$build/findings"
  if "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$build/findings/$target-" "$corpus" "$here/corpus/$target" >"$log" 2>&1; then
    printf '%-15s no finding in %s s, %s inputs\n' "$target" "$seconds" \
      "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
  else
    printf '%-15s FINDING, see %s and %s\n' "$target" "$log" "$build/findings"
    return 1
  fi
}
export -f fuzz
export build seconds here
# shellcheck disable=SC2016 # the inner shell expands it
printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" bash -c 'fuzz "$1"' _
