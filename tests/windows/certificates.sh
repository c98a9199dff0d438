#!/usr/bin/env bash
# Tests of tests/windows/wine.sh, which sources this: whose certificates tidemark.exe takes. The check is
# OpenSSL's, so what Wine shows holds on Windows too.
set -euo pipefail
: "${here:?}" "${work:?}" "${wine:?}"

# certificate NAME SUBJECT_NAME CA DAYS
certificate() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=synthetic" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3.key" -CAcreateserial -days "$4" -out "$1.pem" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$2") 2>/dev/null
}

# make_certificates: into $work/tls. Two roots, and servers' certificates by them.
make_certificates() {
  local name
  rm -rf "$work/tls"
  mkdir "$work/tls"
  (
    cd "$work/tls"
    for name in root other; do
      openssl req -x509 -newkey rsa:2048 -nodes -keyout $name.key -out $name.pem -days 30 -subj "/CN=Synthetic $name" 2>/dev/null
    done
    certificate good IP:127.0.0.1,DNS:localhost root 30
    certificate misnamed DNS:gateway.example root 30
    certificate expired IP:127.0.0.1,DNS:localhost root -1
    certificate stranger IP:127.0.0.1,DNS:localhost other 30
    openssl x509 -in root.pem -outform DER -out root.der
  )
}

refuses_certificates_that_nobody_vouches_for() {
  make_certificates
  x86_64-w64-mingw32-gcc-posix -municode -static -o "$work/trust.exe" "$here/trust.c" -lcrypt32
  try_certificate good "" 1
  try_certificate good 'ca_file = "../tls/root.pem"' 0
  try_certificate misnamed 'ca_file = "../tls/root.pem"' 1
  try_certificate expired 'ca_file = "../tls/root.pem"' 1
  try_certificate stranger 'ca_file = "../tls/root.pem"' 1
  "$wine" "$work/trust.exe" "$(winpath "$work/tls/root.der")" || fail "the root could not be added"
  try_certificate good "" 0 # by the roots that Windows trusts
  try_certificate misnamed "" 1
  try_certificate expired "" 1
  try_certificate stranger "" 1
}

winpath() { printf 'Z:%s' "${1//\//\\}"; }

# try_certificate NAME LINE EXIT_CODE
try_certificate() {
  local dir
  start_simulator --jobs 1 --certificate "$work/tls/$1.pem" --private-key "$work/tls/$1.key"
  dir=$(folder "tls-$1" "retries = 0" "$2")
  say "  certificate '$1' with '$2'"
  (cd "$dir" && require_code "$3" windows sync && { [ "$3" = 0 ] || require_in "$work/err" certificate; })
}
