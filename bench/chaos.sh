#!/bin/bash
# Bridges on one PostgreSQL and one inbox between which processes die and the network fails, until every document is answered. See README.md.
#   bench/chaos.sh [DOCUMENTS [REPLICAS [LIMIT [SEED]]]]
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f target/quarkus-app/quarkus-run.jar ] && [ -d target/test-classes ] || { echo "build first: mvn package -DskipTests"; exit 1; }
work="$(mktemp -d "${BENCH_FOLDER:-${TMPDIR:-/tmp}}/markbridge-chaos.XXXXXX")"
finish() { [ -n "${KEEP:-}" ] && echo "kept: $work" >&2 || rm -rf "$work"; }
trap finish EXIT
mvn -q -B -ntp dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test

echo "- $(nproc) cores, $(awk '/MemTotal/ {printf "%d", $2 / 1048576 + 0.5}' /proc/meminfo) GiB, $(java -version 2>&1 | sed -n 2p)"
echo "- $(date -u +%Y-%m-%dT%H:%MZ), load average $(cut -d' ' -f1-3 /proc/loadavg); bridges with -Xmx128m, PostgreSQL, sandbox and fault proxy on the same machine"
echo
mkdir "$work/plant"
java -Xmx1g -cp "target/test-classes:target/classes:$(cat "$work/classpath")" io.markbridge.process.Chaos \
  "$work/plant" "${1:-20000}" "${2:-3}" "${3:-1000}" "${4:-20261122}"
