#!/bin/sh
# generate.sh PROGRAM VERSION CHANGELOG DIR: what the program itself writes for its package: the manual,
# completions, the service and its timer.
set -eu
program=$1 version=$2 changelog=$3 dir=$4
rm -rf "$dir"
mkdir -p "$dir/man" "$dir/units"
"$program" manual --dir "$dir/man"
gzip -9n "$dir"/man/*.1
{
  printf 'tidemark (%s) unstable; urgency=medium\n\n' "$version"
  printf '  * What changed is told in /usr/share/doc/tidemark/CHANGELOG.md.\n\n'
  printf ' -- Tidemark developers <developers@tidemark.invalid>  %s\n' "$(date -u -R -r "$changelog")"
} | gzip -9n >"$dir/changelog.gz"
"$program" completion bash >"$dir/tidemark"
"$program" completion zsh >"$dir/_tidemark"
"$program" completion fish >"$dir/tidemark.fish"
"$program" schedule --at 05:30 --config /etc/tidemark/config.toml --program /usr/bin/tidemark --installed \
  --dir "$dir/units" 2>"$dir/log"
touch "$dir/done"
