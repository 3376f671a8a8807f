#!/bin/bash
# Rows of an outbox in PostgreSQL drained to the sandbox (limits off) by one bridge, beside plain camel-sql polling in the same run. See README.md.
#   bench/outbox.sh [ROWS]
# JAVA_OPTIONS are further flags of the bridge's JVM, as for the launcher.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B -ntp -o verify -Dit.test=OutboxRate -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true \
  -Dmarkbridge.outbox.rows="${1:-50000}" -Dmarkbridge.outbox.flags="${JAVA_OPTIONS:-}" >target/outbox-rate.log 2>&1 || { tail -50 target/outbox-rate.log; exit 1; }
echo "- $(nproc) cores, $(awk '/MemTotal/ {printf "%d", $2 / 1048576 + 0.5}' /proc/meminfo) GiB, $(java -version 2>&1 | sed -n 2p)"
echo "- $(date -u +%Y-%m-%dT%H:%MZ), load $(cut -d' ' -f1-3 /proc/loadavg), bridge with -Xmx64m, first compiler only${JAVA_OPTIONS:+, and $JAVA_OPTIONS}; PostgreSQL and sandbox on the same machine"
echo
cat target/outbox-rate.md
