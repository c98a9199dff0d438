#!/bin/sh
# try.sh PACKAGE SAMPLES: installs the package on a machine that is thrown away afterwards, runs a
# night as its unit would, installs it again, removes and purges it. Ends with 0 when all went well.
set -eu
package=$(realpath "$1") samples=$(realpath "$2")
config=/etc/tidemark/config.toml

fail() {
  echo "try.sh: $*" >&2
  exit 1
}
install_package() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --reinstall "$package" >/dev/null; }
as_tidemark() { runuser -u tidemark -- "$@"; }

install_package
tidemark --version
[ "$(stat -c %U:%G:%a /etc/tidemark)" = root:tidemark:750 ] || fail "/etc/tidemark belongs to somebody else"
[ ! -e /etc/systemd/system/timers.target.wants/tidemark.timer ] || fail "the timer is enabled"
cat >$config <<'CONFIG'
[source]
base_url = "https://gateway.example"
api_key_file = "tidemark.key"
[warehouse]
url = "sqlite:/var/lib/tidemark/tidemark.db"
CONFIG
chgrp tidemark $config && chmod 640 $config
as_tidemark tidemark sync --config $config --from "$samples/night1"
install_package # as an upgrade does: the warehouse and the configuration stay
as_tidemark tidemark sync --config $config --from "$samples/night2"
as_tidemark tidemark verify --config $config --offline
apt-get remove -y -qq tidemark >/dev/null
[ -e $config ] || fail "removing took the configuration"
apt-get purge -y -qq tidemark >/dev/null
[ ! -e /etc/tidemark ] || fail "purging left the configuration"
[ -e /var/lib/tidemark/tidemark.db ] || fail "purging took the warehouse"
echo "try.sh: installed, synced, upgraded, removed, purged"
