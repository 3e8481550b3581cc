#!/usr/bin/env bash
# Builds everything and runs every test. Needs the .NET 10 SDK and Node.js; installs nothing outside this folder and the user's caches,
# but for two things as root on Debian: Samba and a Kerberos client, for the collector's tests against a real Active Directory, and Chromium,
# for the console's tests. Without them those tests are skipped; where CI is set, a skipped test fails the run.
#
#   tests/run.sh          every test, in the form for every day
#   tests/run.sh --long   the same, and those that have a long form in full: a kill at every write, 200 kills at random, storage gone for
#                        a minute, an audit trail of 100,000 events
set -uo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  "") ;;
  --long) export REANCHOR_LONG_TESTS=1 ;;
  *) echo "Unknown option $1. There is one: --long." >&2; exit 2 ;;
esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# install WHAT-IS-SKIPPED-WITHOUT PACKAGE...
install() {
  [ "$(id -u)" -eq 0 ] && [ -f /etc/debian_version ] || return
  # RUNLEVEL=1 keeps the packages from starting file servers, which nothing here needs.
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${@:2}"; } >"$log" 2>&1 && return
  cat "$log" >&2
  echo "Could not install ${*:2}; $1 will be skipped." >&2
}

if [ ! -x /usr/sbin/samba ] || [ ! -x /usr/bin/kinit ]; then
  install "the collector's tests against a real Active Directory" \
    samba samba-dsdb-modules samba-ad-provision samba-vfs-modules ldb-tools krb5-user libsasl2-modules-gssapi-mit
fi

if [ ! -x /usr/bin/chromium ] && [ ! -x /usr/bin/google-chrome ]; then
  install "the console's tests" chromium fonts-dejavu-core
fi

dotnet build Functions.sln || exit 1

: >"$log"
status=0
for project in UnitTests IntegrationTests ConsoleTests; do
  "tests/$project/bin/Debug/net10.0/Reanchor.$project" 2>&1 | tee -a "$log"
  [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
done

# What failed, once more at the end, where it is looked for.
grep -aE '\[FAIL\]' "$log"

# xunit closes each project with "... Total: N, Errors: N, Failed: N, Skipped: N, Not Run: N, Time: ..."
awk -v ci="${CI:-}" '
  /Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+/ {
    line = $0; gsub(/[^0-9,:A-Za-z ]/, "", line)
    n = split(line, part, /, */)
    for (i = 1; i <= n; i++) { split(part[i], kv, /: */); key = kv[1]; sub(/.* /, "", key); v[key] += kv[2] }
  }
  END {
    failed = v["Failed"] + v["Errors"]
    refused = ci != "" && v["Skipped"] > 0
    if (refused) print "CI is set, so no test may be skipped."
    printf "%d passed, %d failed, %d skipped\n", v["Total"] - v["Failed"] - v["Skipped"], failed, v["Skipped"]
    exit refused
  }' "$log" || status=1
exit "$status"
