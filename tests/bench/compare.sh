# Sourced by bench.sh: two commits of the program, side by side.
# shellcheck shell=bash disable=SC2154 # what bench.sh sets

# build_commit REVISION; sets $program
build_commit() {
  local commit tree
  commit=$(git -C "$here" rev-parse --short --verify "$1^{commit}") || fail 2 "there is no commit '$1'"
  tree=$work/commits/$commit
  program=$tree/build/tidemark
  [ ! -x "$program" ] || return 0
  say "building $1 ($commit)"
  [ -d "$tree" ] || git -C "$here" worktree add --quiet --detach "$tree" "$commit"
  local launcher=()
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  { cmake -S "$tree" -B "$tree/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTIDEMARK_TESTS=OFF \
    "${launcher[@]}" && cmake --build "$tree/build" --target tidemark; } >"$work/build.log" 2>&1 ||
    fail 1 "cannot build $1: see $work/build.log"
}

program_of() { if [ "${1%_*}" = old ]; then echo "$old"; else echo "$new"; fi; }

compare_sqlite() { load_sqlite "$(program_of "$1")" "$1"; }
compare_postgres() { load_postgres "$(program_of "$1")" "$1"; }
compare_unchanged() { measure "$1" "$(program_of "$1")" sync --config "$work/${1%_*}_sqlite.toml"; }

# compare_row ROW WORK
compare_row() {
  in_turn "compare_$1" "old_$1" "new_$1"
  line "$2" "" "$(ratio "new_$1" "old_$1"); processor $(ratio "new_$1" "old_$1" 2)" \
    "$(seconds "new_$1") : $(seconds "old_$1")" "$(peak "new_$1") : $(peak "old_$1")"
}

compare_programs() {
  build_commit "$1" && old=$program
  build_commit "$2" && new=$program
  # shellcheck disable=SC2046
  start_simulator $(history_options) --order oldest
  compare_row sqlite 'first load into SQLite'
  compare_row unchanged 'nothing new, bodies oldest first'
  if start_postgres; then compare_row postgres 'first load into PostgreSQL'; fi
}
