#!/usr/bin/env bash
# Builds the libraries that tidemark.exe is made of, as static libraries for Windows, from Debian's
# source packages of the release that this runs on. Nothing is patched. A step that was done is not
# done again. What is headers only is taken from the machine's own packages.
# usage: cmake/windows/sysroot.sh FOLDER        leaves FOLDER/{include,lib,licenses}
#        cmake/windows/sysroot.sh FOLDER tests  what only the tests need, in a folder of its own
# shellcheck disable=SC1091 # /etc/os-release is the system's
set -euo pipefail

folder=$(mkdir -p "${1:?usage: sysroot.sh FOLDER [tests]}" && cd "$1" && pwd)
what=${2:-program}
sources=$folder/sources
work=$folder/work
done_steps=$folder/done
host=x86_64-w64-mingw32
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
jobs=$(nproc)
mkdir -p "$sources" "$work" "$done_steps" "$folder/include" "$folder/lib/pkgconfig" "$folder/licenses"

say() { printf 'windows: %s\n' "$*" >&2; }

# apt with a list of sources of its own, so that the machine's stays as it is.
own_apt() {
  local tool=$1
  shift
  "$tool" -o Dir::Etc::sourcelist="$folder/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$folder/apt/lists" -o Dir::Cache="$folder/apt/cache" \
    -o APT::Sandbox::User=root "$@"
}

# The address of an archive as the machine has it, so that a local mirror is used; nothing where it has none.
mirror_of() {
  { grep -rhoE 'https?://[^ ]+' /etc/apt/sources.list /etc/apt/sources.list.d || true; } 2>/dev/null |
    sed -nE "s,/*\$,,; /snapshot/d; /\/$1\$/{p;q}"
}

write_source_list() {
  local key=/usr/share/keyrings/debian-archive-keyring.gpg debian security
  debian=$(mirror_of debian)
  security=$(mirror_of debian-security)
  [ -n "$security" ] || say "this machine's list names no security archive: the libraries may lag behind Debian's fixes"
  mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
  {
    echo "deb-src [signed-by=$key] ${debian:?no address of Debian in /etc/apt} $release main"
    [ -z "$security" ] || echo "deb-src [signed-by=$key] $security $release-security main"
  } >"$folder/apt/sources.list"
  own_apt apt-get update -qq || { rm "$folder/apt/sources.list"; exit 1; }
}

# unpack PACKAGE: its newest source that the mirror has, in $work/PACKAGE. apt checks its signatures.
unpack() {
  local package=$1
  rm -rf "${work:?}/$package"
  if ! (cd "$sources" && own_apt apt-get source -qq --download-only "$package") >"$folder/$package.log" 2>&1; then
    say "the mirror lacks the newest source of '$package'; taking the release's own, which may lag behind Debian's fixes"
    (cd "$sources" && own_apt apt-get source -qq --download-only "$package/$release") >"$folder/$package.log" 2>&1 ||
      { cat "$folder/$package.log" >&2; say "the mirror lacks the source of '$package'"; exit 1; }
  fi
  local description
  description=$(cd "$sources" && printf '%s\n' "$package"_*.dsc | sort -V | while read -r dsc; do
    if has_its_files "$dsc"; then echo "$dsc"; fi
  done | tail -n 1)
  dpkg-source --no-check -x "$sources/$description" "$work/$package" >>"$folder/$package.log" 2>&1
  cp "$work/$package/debian/copyright" "$folder/licenses/$package.txt"
  basename "$description" .dsc >>"$folder/versions"
}

# Whether all files that a description names came too.
has_its_files() {
  local file
  while read -r file; do
    [ -f "$file" ] || return 1
  done < <(sed -n '/^Files:/,/^[A-Z]/s/^ [0-9a-f]* [0-9]* //p' "$1")
}

# step NAME PACKAGE: unpacks the package and runs build_NAME in it, unless that was done.
step() {
  local name=$1 package=$2
  [ -e "$done_steps/$name" ] && return
  say "building $name"
  unpack "$package"
  # beside this shell: within a condition a failure would not end it
  (cd "$work/$package" && "build_$name") >>"$folder/$package.log" 2>&1 &
  wait $! ||
    { tail -n 25 "$folder/$package.log" >&2; say "building $name failed; all of it is in $folder/$package.log"; exit 1; }
  rm -rf "${work:?}/$package"
  touch "$done_steps/$name"
}

# headers CMAKE_NAME TARGET PACKAGE [DEFINITION]: a library of headers only, out of the machine's own package.
headers() {
  local name=$1 target=$2 package=$3 definition=${4:-} file
  [ -e "$done_steps/$name" ] && return
  dpkg -L "$package" | grep '^/usr/include/' | while read -r file; do
    [ -d "$file" ] || install -D -m 644 "$file" "$folder/${file#/usr/}"
  done
  install -D -m 644 "/usr/share/doc/$package/copyright" "$folder/licenses/$package.txt"
  mkdir -p "$folder/lib/cmake/$name"
  cat >"$folder/lib/cmake/$name/${name}Config.cmake" <<TEXT
add_library($target INTERFACE IMPORTED)
set_target_properties($target PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "\${CMAKE_CURRENT_LIST_DIR}/../../../include"
  INTERFACE_COMPILE_DEFINITIONS "$definition")
TEXT
  dpkg-query -W -f '${source:Package}_${source:Version}\n' "$package" >>"$folder/versions"
  touch "$done_steps/$name"
}

# describe NAME LIBRARIES: tells pkg-config of a library that was built here.
describe() {
  cat >"$folder/lib/pkgconfig/$1.pc" <<TEXT
Name: $1
Description: $1 for Windows
Version: 0
Cflags: -I$folder/include
Libs: -L$folder/lib $2
TEXT
}

# cmake_install ARGUMENT...: configures the current folder, builds and installs it.
cmake_install() {
  cmake -S . -B windows -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" -DTIDEMARK_SYSROOT="$folder" \
    -DCMAKE_INSTALL_PREFIX="$folder" -DCMAKE_INSTALL_LIBDIR=lib "$@"
  cmake --build windows
  cmake --install windows
}

build_sqlite() {
  ./configure --disable-shared --disable-tcl --disable-readline
  make -j"$jobs" sqlite3.c sqlite3.h
  "$host-gcc-posix" -O2 -DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB \
    -c sqlite3.c -o sqlite3.o
  "$host-ar" rcs "$folder/lib/libsqlite3.a" sqlite3.o
  cp sqlite3.h src/sqlite3ext.h "$folder/include/"
}

# A folder for its configuration that users cannot create, and none read by itself: a planted
# openssl.cnf could load a library of somebody else's.
build_openssl() {
  ./Configure mingw64 no-shared no-tests no-autoload-config no-dso no-engine \
    --prefix="$folder" --libdir=lib --openssldir='C:/Program Files/Common Files/SSL' \
    --cross-compile-prefix="$host-" CC=gcc-posix
  make -j"$jobs" build_libs
  make install_dev
}

build_curl() {
  cmake_install -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DHTTP_ONLY=ON -DCURL_USE_OPENSSL=ON \
    -DOPENSSL_ROOT_DIR="$folder" -DOPENSSL_USE_STATIC_LIBS=TRUE -DCURL_ZLIB=ON \
    -DZLIB_LIBRARY=/usr/x86_64-w64-mingw32/lib/libz.a -DZLIB_INCLUDE_DIR=/usr/x86_64-w64-mingw32/include \
    -DUSE_NGHTTP2=OFF -DUSE_LIBIDN2=OFF -DCURL_USE_LIBSSH2=OFF -DCURL_USE_LIBPSL=OFF -DCURL_DISABLE_LDAP=ON \
    -DENABLE_MANUAL=OFF -DCURL_CA_PATH=none -DCURL_CA_BUNDLE=none
}

# Only the library of the client; its own make leaves an import library under the static one's name.
build_libpq() {
  ./configure --host="$host" --without-readline --without-zlib --without-icu --with-ssl=openssl \
    --prefix="$folder" CC="$host-gcc-posix" CPPFLAGS="-I$folder/include" LDFLAGS="-L$folder/lib" \
    LIBS="-lcrypt32 -lws2_32 -lgdi32 -lbcrypt"
  make -C src/backend generated-headers
  make -j"$jobs" -C src/common
  make -j"$jobs" -C src/port
  make -j"$jobs" -C src/interfaces/libpq all-static-lib || make -j"$jobs" -C src/interfaces/libpq libpq.a || true
  rm -f "$folder/lib/libpq.a"
  find src/interfaces/libpq -maxdepth 1 -name '*.o' ! -name '*rc.o' -print0 |
    xargs -0 "$host-ar" rcs "$folder/lib/libpq.a" src/common/*_shlib.o src/port/*_shlib.o
  # it has threads of its own, by the names that the compiler's library has too
  "$host-nm" --defined-only "$folder/lib/libpq.a" | sed -n 's/.* T \(pthread_.*\)/\1 libpq_\1/p' | sort -u >threads
  "$host-objcopy" --redefine-syms=threads "$folder/lib/libpq.a"
  cp src/interfaces/libpq/libpq-fe.h src/interfaces/libpq/libpq-events.h src/include/postgres_ext.h \
    src/include/pg_config_ext.h "$folder/include/"
  describe libpq "-lpq -lssl -lcrypto -lcrypt32 -lgdi32 -lbcrypt -lsecur32 -lws2_32 -ladvapi32 -lshell32"
}

build_libpqxx() {
  cmake_install -DSKIP_BUILD_TEST=ON -DBUILD_DOC=OFF -DSKIP_PQXX_STATIC=OFF -DSKIP_PQXX_SHARED=ON \
    -DPostgreSQL_LIBRARY="$folder/lib/libpq.a" -DPostgreSQL_INCLUDE_DIR="$folder/include" \
    -DPostgreSQL_TYPE_INCLUDE_DIR="$folder/include"
  describe libpqxx -lpqxx
}

# Debian's source lacks the tables that are made out of the Unicode database.
build_re2() {
  perl re2/make_perl_groups.pl >re2/perl_groups.cc
  /usr/bin/python3 re2/make_unicode_groups.py >re2/unicode_groups.cc
  /usr/bin/python3 re2/make_unicode_casefold.py >re2/unicode_casefold.cc
  cmake_install -DRE2_BUILD_TESTING=OFF
  [ -e "$folder/lib/pkgconfig/re2.pc" ] || describe re2 -lre2
}

# Its generated table is in the source.
build_utf8proc() {
  "$host-gcc-posix" -O2 -DUTF8PROC_STATIC -c utf8proc.c -o utf8proc.o
  "$host-ar" rcs "$folder/lib/libutf8proc.a" utf8proc.o
  cp utf8proc.h "$folder/include/"
  describe libutf8proc -lutf8proc
  sed -i 's,^Cflags:,& -DUTF8PROC_STATIC,' "$folder/lib/pkgconfig/libutf8proc.pc"
}

build_abseil() { cmake_install -DABSL_PROPAGATE_CXX_STD=ON -DCMAKE_CXX_STANDARD=20; }
build_simdjson() { cmake_install -DSIMDJSON_DEVELOPER_MODE=OFF -DSIMDJSON_JUST_LIBRARY=ON; }
build_fmt() { cmake_install -DFMT_TEST=OFF -DFMT_DOC=OFF; }
build_xxhash() {
  "$host-gcc-posix" -O3 -c xxhash.c -o xxhash.o
  "$host-ar" rcs "$folder/lib/libxxhash.a" xxhash.o
  cp xxhash.h xxh3.h "$folder/include/"
  describe libxxhash -lxxhash
}

# Without the files for dictionaries and old formats, and without assembler.
build_zstd() {
  local file
  for file in lib/common/*.c lib/compress/*.c lib/decompress/*.c; do
    "$host-gcc-posix" -O3 -DZSTD_DISABLE_ASM -c "$file" -o "$(basename "$file" .c).o"
  done
  "$host-ar" rcs "$folder/lib/libzstd.a" ./*.o
  cp lib/zstd.h lib/zstd_errors.h "$folder/include/"
  describe libzstd -lzstd
}

# Headers in Debian 12, a library in Debian 13.
build_catch2() { cmake_install -DBUILD_TESTING=OFF -DCATCH_BUILD_TESTING=OFF -DCATCH_INSTALL_DOCS=OFF; }

main() {
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  [ -e "$folder/apt/sources.list" ] || write_source_list
  if [ "$what" = tests ]; then
    step catch2 catch2
    return
  fi
  step sqlite sqlite3
  step xxhash xxhash
  step zstd libzstd
  step fmt fmtlib
  step simdjson simdjson
  step openssl openssl
  step curl curl
  step libpq "$(postgres_package)"
  step libpqxx libpqxx
  [ "$release" = bookworm ] || step abseil abseil
  step re2 re2
  step utf8proc utf8proc
  headers CLI11 CLI11::CLI11 libcli11-dev
  headers tomlplusplus tomlplusplus::tomlplusplus libtomlplusplus-dev
  headers nlohmann_json nlohmann_json::nlohmann_json nlohmann-json3-dev
  headers date date::date libhowardhinnant-date-dev ONLY_C_LOCALE=1
  say "the libraries are in $folder: $(sort -u "$folder/versions" | tr '\n' ' ')"
}

# The source that libpq is a part of: postgresql-15 in Debian 12.
postgres_package() { own_apt apt-cache showsrc libpq-dev | sed -n 's/^Package: //p' | sort -V | tail -n 1; }

main
