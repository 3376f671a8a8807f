# Sourced by the benchmarks: a sandbox and a bridge in a folder of their own, and what they use.
set -euo pipefail
bench="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
jar="$bench/../target/quarkus-app/quarkus-run.jar"
[ -f "$jar" ] || { echo "build first: mvn package -DskipTests"; exit 1; }
work="$(mktemp -d "${BENCH_FOLDER:-${TMPDIR:-/tmp}}/markbridge-bench.XXXXXX")"
sandbox_pid=""
bridge_pid=""

finish() {
  [ -z "$bridge_pid" ] || kill -9 "$bridge_pid" 2>/dev/null || true
  [ -z "$sandbox_pid" ] || kill "$sandbox_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  [ -n "${KEEP:-}" ] && echo "kept: $work" || rm -rf "$work"
}
trap finish EXIT

start_sandbox() {
  java -Xmx256m -Djava.io.tmpdir="$work" -jar "$jar" sandbox --port 0 --switch limit=0 --switch unknown-codes=accept "$@" \
    >"$work/sandbox.out" 2>&1 &
  sandbox_pid=$!
  until grep -q '^sandbox http' "$work/sandbox.out"; do sleep 0.1; done
  sandbox_url="$(sed -n 's/^sandbox //p' "$work/sandbox.out" | head -1)"
}

write_settings() {
  mkdir -p "$work/config" "$work/inbox/beer"
  cat >"$work/config/application.yaml" <<YAML
markbridge:
  openapi: {url: "$sandbox_url"}
  accounts: {default: {oms-id: cdf12109-10d3-11e6-8b6f-0050569977a1}}
  groups: {beer: {business-place-id: 17, release-type: PRODUCTION, manufacturer-country: UZ, report-on: VERIFIED}}
  limits: {post: 0, poll: 0}
  orders: {fetch-codes: none}
  http: {port: 0}
YAML
}

start_bridge() {
  (
    cd "$work"
    export MARKBRIDGE_ACCOUNTS_DEFAULT_LOGIN=demo MARKBRIDGE_ACCOUNTS_DEFAULT_PASSWORD=demo
    exec java -Xmx64m -XX:+ExitOnOutOfMemoryError -Xlog:gc:file="$work/gc-%p.log" -jar "$jar" >>"$work/bridge.log" 2>&1
  ) &
  bridge_pid=$!
}

bridge_lives() {
  kill -0 "$bridge_pid" 2>/dev/null || { echo "the bridge ended:"; tail -20 "$work/bridge.log"; exit 1; }
}

seconds() { date +%s.%N; }
since() { awk -v now="$(seconds)" -v then="$1" 'BEGIN {printf "%.1f", now - then}'; }

# Most memory that the process had resident, in MB.
peak_resident() { awk '/VmHWM/ {printf "%d", $2 / 1024}' "/proc/$1/status"; }

# The largest heap that a collection left over, in MB.
peak_heap() { sed -n 's/.*->\([0-9]*\)M(.*/\1/p' "$work"/gc-*.log | sort -n | tail -1; }

disk_megabytes() { du -sm "$work/data" | cut -f1; }

machine() {
  echo "- $(nproc) cores, $(awk '/MemTotal/ {printf "%d", $2 / 1048576 + 0.5}' /proc/meminfo) GiB, $(java -version 2>&1 | sed -n 2p)"
  echo "- $(date -u +%Y-%m-%dT%H:%MZ), bridge with -Xmx64m, sandbox on the same machine"
}
