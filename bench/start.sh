#!/bin/bash
# From the start of the process to the first document sent, and memory idle and after 10,000 documents, for each way to start. See README.md.
#   bench/start.sh [DOCUMENTS [RUNS]]
# JAVA_17 and JAVA_25 name the homes of the two JDKs; a way whose JDK is not there is left out.
. "$(dirname "$0")/common.sh"
documents="${1:-10000}"
runs="${2:-5}"
program="$(cd "$(dirname "$jar")" && pwd)"
java17="${JAVA_17:-$(ls -d /usr/lib/jvm/*17* 2>/dev/null | head -1)}"
java25="${JAVA_25:-$(ls -d /usr/lib/jvm/*25* 2>/dev/null | head -1)}"
small="-Xmx64m -XX:+UseSerialGC"
quick="$small -XX:TieredStopAtLevel=1"

classes=""
for one in "$program"/quarkus/*.jar "$program"/app/*.jar "$program"/lib/boot/*.jar "$program"/lib/main/*.jar; do classes="${classes:+$classes:}$one"; done
flat="-cp $classes io.markbridge.Markbridge"

# One bridge in a folder of its own, with a document that waits for it; $1 java home, the rest: how it is started.
begin_bridge() {
  home="$1"; shift
  rm -rf "$work/site"; mkdir -p "$work/site"
  (work="$work/site"; write_settings)
  echo "$order" >"$work/site/inbox/beer/first.json"; : >"$work/site/inbox/beer/first.json.done"
  began="$(date +%s%N)"
  (
    cd "$work/site"
    export MARKBRIDGE_ACCOUNTS_DEFAULT_LOGIN=demo MARKBRIDGE_ACCOUNTS_DEFAULT_PASSWORD=demo
    exec "$home/bin/java" "$@" >>"$work/bridge.log" 2>&1
  ) &
  bridge_pid=$!
  until [ -f "$work/site/replies/beer/first.reply.json" ]; do bridge_lives; sleep 0.01; done
  sent=$((($(date +%s%N) - began) / 1000000))
}

end_bridge() { kill "$bridge_pid"; wait "$bridge_pid" 2>/dev/null || true; bridge_pid=""; }
resident() { awk '/VmRSS/ {printf "%d", $2 / 1024}' "/proc/$bridge_pid/status"; }

# $1 name, $2 java home, the rest: how it is started.
measure() {
  name="$1"; home="$2"; shift 2
  [ -n "$home" ] || { echo "| $name | no such JDK here | | | |"; return; }
  # A new one each time: it would refuse the same codes a second time.
  [ -z "$sandbox_pid" ] || { kill "$sandbox_pid"; wait "$sandbox_pid" 2>/dev/null || true; }
  start_sandbox --switch order-delay=100ms --switch utilisation-delay=100ms
  times=""
  for run in $(seq 1 "$runs"); do begin_bridge "$home" "$@"; times="$times$sent"$'\n'; end_bridge; done
  median="$(echo "$times" | grep . | sort -n | sed -n "$(((runs + 1) / 2))p")"
  begin_bridge "$home" "$@"; sleep 30; idle="$(resident)"
  java "$bench/Generate.java" documents "$work/drop" "$documents"
  find "$work/drop" -type f -exec mv -t "$work/site/inbox/beer/" {} +
  until [ "$(find "$work/site/replies" -name '*.reply.json' | wc -l)" -gt "$documents" ]; do bridge_lives; sleep 1; done
  sleep 10; after="$(resident)"; end_bridge
  echo "| $name | $(awk -v t="$median" 'BEGIN {printf "%.2f s", t / 1000}') | $idle MB | $after MB | $(grep . <<<"$times" | sort -n | tr '\n' ' ')|"
}

# The same as bin/markbridge-cache: one run of the demo.
make_cache() { (mkdir -p "$work/training"; cd "$work/training"; rm -rf demo; "$1/bin/java" "$2" $quick $flat demo >/dev/null 2>&1) || true; }

order='{"factoryId":"F-1","factoryCountry":"UZ","releaseMethodType":"PRODUCTION","productionLineId":17,"poNumber":"first","products":[{"gtin":"04780001000015","quantity":1,"serialNumberType":"OPERATOR","serialNumbers":null,"templateId":18}]}'

machine
echo
echo "Program: $(du -sm "$program" | cut -f1) MB in $(find "$program" -name '*.jar' | wc -l) jars; own jar $(du -k "$program"/app/*.jar | cut -f1 | head -1) KB"
echo
echo "| how | start to first document sent (median of $runs) | resident, idle | resident, after $documents documents | all, ms |"
echo "|---|---|---|---|---|"
measure "java -jar, 17, no flags" "$java17" -jar "$jar"
measure "java -jar, 17, launcher's heap and collector" "$java17" $small -jar "$jar"
measure "flat, 17, both compilers" "$java17" $small $flat
measure "flat, 17, C1 (launcher without cache)" "$java17" $quick $flat
[ -z "$java17" ] || make_cache "$java17" "-XX:ArchiveClassesAtExit=$work/markbridge.jsa"
measure "flat, 17, C1, AppCDS (launcher)" "$java17" "-XX:SharedArchiveFile=$work/markbridge.jsa" $quick $flat
measure "flat, 25, C1" "$java25" $quick $flat
[ -z "$java25" ] || make_cache "$java25" "-XX:AOTCacheOutput=$work/markbridge.aot"
measure "flat, 25, C1, AOT cache (launcher)" "$java25" "-XX:AOTCache=$work/markbridge.aot" $quick $flat
echo "| native binary | measured elsewhere | | | |"
echo
for cache in "$work"/markbridge.jsa "$work"/markbridge.aot; do [ ! -f "$cache" ] || echo "$(basename "$cache"): $(du -m "$cache" | cut -f1) MB"; done
