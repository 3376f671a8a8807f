#!/bin/bash
# From the start of the process to the first document at the operator and to its reply, and memory idle and after 10,000 documents, for each
# way to start. See README.md.
#   bench/start.sh [DOCUMENTS [RUNS]]
# JAVA_17 and JAVA_25 name the homes of the two JDKs; a way whose JDK is not there is left out. WAYS: only those whose name this expression finds.
. "$(dirname "$0")/common.sh"
documents="${1:-10000}"
runs="${2:-5}"
built="$(cd "$(dirname "$jar")" && pwd)"
java17="${JAVA_17:-$(ls -d /usr/lib/jvm/*17* 2>/dev/null | head -1)}"
java25="${JAVA_25:-$(ls -d /usr/lib/jvm/*25* 2>/dev/null | head -1)}"
# A cache lies beside the program.
program="$work/program"; cp -r "$built" "$program"
jar="$program/quarkus-run.jar"
launcher="$program/bin/markbridge"
quick="-Xmx64m -XX:+UseSerialGC -XX:MetaspaceSize=96m -XX:TieredStopAtLevel=1"

classes=""
for one in "$program"/quarkus/*.jar "$program"/app/*.jar "$program"/lib/boot/*.jar "$program"/lib/main/*.jar; do classes="${classes:+$classes:}$one"; done

milliseconds() { date ${1:+-d "$1"} +%s%3N; }

# One bridge in the site's folder, with a document that waits for it; $1 its number, the rest: how it is started. The sandbox notes when a
# document came to it, by the same clock.
begin_bridge() {
  number="$1"; shift
  echo "${order/NUMBER/$number}" >"$site/inbox/beer/$number.json"; : >"$site/inbox/beer/$number.json.done"
  began="$(milliseconds)"
  (
    cd "$site"
    export JAVA_HOME="$home" MARKBRIDGE_ACCOUNTS_DEFAULT_LOGIN=demo MARKBRIDGE_ACCOUNTS_DEFAULT_PASSWORD=demo
    exec "$@" >>"$work/bridge.log" 2>&1
  ) &
  bridge_pid=$!
  # Seldom: on two cores whoever looks often slows down what is measured. The file tells when it came.
  reply="$site/replies/beer/$number.reply.json"
  until [ -f "$reply" ]; do sleep 0.3; bridge_lives; done
  replied=$(($(date -r "$reply" +%s%3N) - began))
  arrived="$(curl -fs "$sandbox_url/sandbox/state?limit=1" | sed 's/.*"createDate":"\([^"]*\)".*/\1/')"
  sent=$(($(milliseconds "$arrived") - began))
}

end_bridge() { kill "$bridge_pid"; wait "$bridge_pid" 2>/dev/null || true; bridge_pid=""; }
resident() { awk '/VmRSS/ {printf "%d", $2 / 1024}' "/proc/$bridge_pid/status"; }
in_order() { tr ' ' '\n' <<<"$1" | grep . | sort -n; }
median() { in_order "$1" | sed -n "$(((runs + 1) / 2))p"; }
in_seconds() { awk -v t="$1" 'BEGIN {printf "%.2f s", t / 1000}'; }

# $1 name, $2 java home, the rest: how it is started. The first start, which makes the journal, stands for itself.
measure() {
  name="$1"; home="$2"; shift 2
  [ -z "${WAYS:-}" ] || grep -qE "$WAYS" <<<"$name" || return 0
  [ -n "$home" ] || { echo "| $name | no such JDK here | | | | | |"; return; }
  # A new one each time: it would refuse the same codes a second time.
  [ -z "$sandbox_pid" ] || { kill "$sandbox_pid"; wait "$sandbox_pid" 2>/dev/null || true; }
  start_sandbox --switch order-delay=100ms --switch utilisation-delay=100ms
  site="$work/site"; rm -rf "$site"; mkdir -p "$site"
  (work="$site"; write_settings)
  begin_bridge 0 "$@"; first="$sent"; end_bridge
  all_sent=""; all_replied=""
  for run in $(seq 1 "$runs"); do
    begin_bridge "$run" "$@"; all_sent="$all_sent $sent"; all_replied="$all_replied $replied"
    [ "$run" = "$runs" ] || end_bridge
  done
  sleep 12; idle="$(resident)"
  cp -r "$work/drop/." "$work/moved/"
  find "$work/moved" -type f -exec mv -t "$site/inbox/beer/" {} +
  until [ "$(find "$site/replies" -name '*.reply.json' | wc -l)" -gt "$((documents + runs))" ]; do bridge_lives; sleep 0.5; done
  sleep 3; after="$(resident)"; end_bridge
  echo "| $name | $(in_seconds "$(median "$all_sent")") | $(in_seconds "$(median "$all_replied")") | $(in_seconds "$first") | $idle MB | $after MB | $(in_order "$all_sent" | tr '\n' ' ')|"
}

order='{"factoryId":"F-1","factoryCountry":"UZ","releaseMethodType":"PRODUCTION","productionLineId":17,"poNumber":"first-NUMBER","products":[{"gtin":"04780001000015","quantity":1,"serialNumberType":"OPERATOR","serialNumbers":null,"templateId":18}]}'
java "$bench/Generate.java" documents "$work/drop" "$documents"
mkdir "$work/moved"

# What else the machine does shows here: the same work before and after.
yardstick() { local begun; begun="$(seconds)"; head -c 1G /dev/zero | sha256sum >/dev/null; since "$begun"; }

machine
before="$(yardstick)"
echo
echo "Program: $(du -sm "$built" | cut -f1) MB in $(find "$built" -name '*.jar' | wc -l) jars; own jar $(du -k "$built"/app/*.jar | cut -f1 | head -1) KB"
echo
echo "From the start of the process to the first document at the operator, to its reply (medians of $runs starts on a journal that is there), and to the first document where the journal is made (one start):"
echo
echo "| how | document sent | reply there | sent, first start of all | resident, idle | resident, after $documents documents | all sent, ms |"
echo "|---|---|---|---|---|---|---|"
measure "java -jar, 17, no flags" "$java17" "$java17/bin/java" -jar "$jar"
measure "launcher, 17, both compilers" "$java17" env JAVA_OPTIONS=-XX:TieredStopAtLevel=4 "$launcher"
measure "launcher, 17 (java -jar, C1)" "$java17" "$launcher"
measure "flat, 17, C1" "$java17" "$java17/bin/java" $quick -cp "$classes" io.markbridge.Markbridge
[ -z "$java17" ] || JAVA_HOME="$java17" "$program/bin/markbridge-cache" >"$work/cache.log" 2>&1 || cat "$work/cache.log"
measure "launcher, 17, AppCDS (flat, C1)" "$java17" "$launcher"
caches="$(find "$program" -maxdepth 1 -name 'markbridge.*' -printf '%f %k KB\n')"
rm -f "$program/markbridge.jsa"
measure "launcher, 25 (java -jar, C1)" "$java25" "$launcher"
[ -z "$java25" ] || JAVA_HOME="$java25" "$program/bin/markbridge-cache" >"$work/cache.log" 2>&1 || cat "$work/cache.log"
measure "launcher, 25, AOT cache (flat, C1)" "$java25" "$launcher"
caches="$caches, $(find "$program" -maxdepth 1 -name 'markbridge.*' -printf '%f %k KB\n')"
echo "| native binary | measured elsewhere | | | | | |"
echo
echo "Caches: $caches"
echo
echo "Yardstick (SHA-256 of 1 GB of zeros): $before s before, $(yardstick) s after."
