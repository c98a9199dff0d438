#!/usr/bin/env bash
# Looks at a project that 'tidemark powerbi' wrote with Microsoft's own programs: loads the semantic model
# in the object model and compares it with the project's files, and validates the report. They come from
# npm into a folder of the build, and are no part of './dev test'. Where there is no node, it says so and
# does nothing.
# usage: tests/powerbi/microsoft.sh PROJECT_DIR [CACHE_DIR]
set -euo pipefail

project=$(cd "${1:?usage: tests/powerbi/microsoft.sh PROJECT_DIR [CACHE_DIR]}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
cache=${2:-$here/../../build/powerbi-tools}
modeling=0.5.0-beta.13
authoring=0.4.0

say() { printf 'microsoft: %s\n' "$*" >&2; }

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  say "skipped: node and npm are not installed"
  exit 0
fi

# The authoring tool imports a package that is not published, and needs none of it to validate.
write_stub() {
  mkdir -p "$cache/stub"
  printf '{"name":"@microsoft/powerbi-desktop-bridge-cli","version":"1.0.0","type":"module","main":"index.js"}\n' \
    >"$cache/stub/package.json"
  printf 'export const METHODS = {};\nexport const getMethodNames = () => [];\n' >"$cache/stub/index.js"
  local name
  for name in isDesktopBridgeError normalizeReportFolder openDesktop openSession readDesktopStatus \
    reportFoldersEqual resolveInstanceForReportFolder resolveReportDir; do
    printf 'export const %s = () => undefined;\n' "$name" >>"$cache/stub/index.js"
  done
}

install_tools() {
  write_stub
  printf '{"private":true,"dependencies":{"@microsoft/powerbi-desktop-bridge-cli":"file:./stub",%s}}\n' \
    "\"@microsoft/powerbi-modeling-mcp\":\"$modeling\",\"@microsoft/powerbi-report-authoring-cli\":\"$authoring\"" \
    >"$cache/package.json"
  (cd "$cache" && npm install --ignore-scripts --no-audit --no-fund >/dev/null)
}

# What the project's files say, in the words of object_model.mjs.
written() {
  node "$here/written_model.mjs" "$project"
}

mkdir -p "$cache"
[ -d "$cache/node_modules/@microsoft/powerbi-report-authoring-cli" ] || install_tools
server=$cache/node_modules/@microsoft/powerbi-modeling-mcp-linux-x64/dist/powerbi-modeling-mcp
chmod +x "$server"

diff <(written) <(node "$here/object_model.mjs" "$server" "$project") ||
  { say "the object model $modeling holds another model than the files (<: files, >: object model)"; exit 1; }
say "the object model $modeling loads the model, and holds what the files say"
"$cache/node_modules/.bin/powerbi-report-author" validate --no-schema --format text "$project/Tidemark.Report"
say "the report is valid for the authoring tool $authoring"
