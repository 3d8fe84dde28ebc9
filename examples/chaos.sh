#!/usr/bin/env bash
# Fifty devices, a gateway, a broker and an application, and everything goes wrong: examples/chaos.sh [ROUNDS [SEED]]
# Needs mosquitto, faketime and unshare (util-linux); the small disk that is filled exists for this run only.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in mosquitto faketime unshare mvn; do
  PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done
disk=$(mktemp -d)
trap 'rmdir "$disk"' EXIT
export OPENIOMT_CHAOS_DISK=$disk OPENIOMT_REQUIRE_CHAOS=true
unshare --mount --map-root-user sh -c 'mount -t tmpfs -o size=24m tmpfs "$OPENIOMT_CHAOS_DISK" && exec "$@"' chaos \
  mvn -B -ntp -pl examples -am test -Dtest=ChaosIT -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip \
  ${1:+-Dopeniomt.chaos.rounds="$1"} ${2:+-Dopeniomt.chaos.seed="$2"}
