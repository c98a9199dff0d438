#!/usr/bin/env bash
# windows.sh BUILD_DIR: a zip for Windows out of what `./dev windows` built: the program, an example
# configuration, the documentation as HTML, the licences of the libraries inside, and the checksums of all.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:?usage: windows.sh BUILD_DIR}" && pwd)
version=$(sed -n 's/^project(tidemark VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
name=tidemark-$version-windows-x64
folder=$build/$name

rm -rf "$folder" "$folder.zip"
mkdir -p "$folder/licenses"
x86_64-w64-mingw32-strip -o "$folder/tidemark.exe" "$build/tidemark.exe"
cp "$root/config.example.toml" "$root/README.md" "$root/CHANGELOG.md" "$folder/"
cp -r "$root/docs" "$folder/docs"
"$root/packaging/pages.pl" "$folder"
cp "$build"/sysroot/licenses/*.txt "$folder/licenses/"
# what the compiler adds: the C++ library, threads, zlib; and the time zones, which are in the public domain
cp /usr/share/doc/gcc-mingw-w64-base/copyright "$folder/licenses/gcc.txt"
cp /usr/share/doc/mingw-w64-common/copyright "$folder/licenses/mingw-w64.txt"
cp /usr/share/doc/libz-mingw-w64-dev/copyright "$folder/licenses/zlib.txt"
cp /usr/share/doc/tzdata/copyright "$folder/licenses/tzdata.txt"
sort -u "$build/sysroot/versions" >"$folder/licenses/versions.txt"
# Notepad and PowerShell read both line ends; the console's `type` wants these
find "$folder" -type f ! -name '*.exe' -exec sed -i 's/\r*$/\r/' {} +
(cd "$folder" && find . -type f -printf '%P\n' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum) >"$build/SHA256SUMS"
mv "$build/SHA256SUMS" "$folder/"
(cd "$build" && zip -q -r -X "$name.zip" "$name")
echo "dev: the zip is $(realpath --relative-to="$PWD" "$folder.zip")" >&2
