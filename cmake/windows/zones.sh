#!/usr/bin/env bash
# Compiles the zones of the machine's tzdata into one file, which tidemark.exe carries: a line with
# the version, one with name and size of each zone, an empty one, and then the zones' files (TZif).
# usage: cmake/windows/zones.sh FILE
set -euo pipefail
export LC_ALL=C

file=${1:?usage: zones.sh FILE}
source=/usr/share/zoneinfo/tzdata.zi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

/usr/sbin/zic -b slim -d "$folder" "$source"
{
  sed -n '1s/^# version //p' "$source"
  (cd "$folder" && find . -type f -printf '%P %s\n' | sort)
  echo
  (cd "$folder" && find . -type f -printf '%P\n' | sort | tr '\n' '\0' | xargs -0 cat)
} >"$file.new"
mv "$file.new" "$file"
