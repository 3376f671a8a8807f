#!/bin/bash
# A 1 GB aggregation and a report of 1,000,000 codes through a bridge with -Xmx64m. See README.md.
#   bench/large-documents.sh [BYTES [CODES]]
. "$(dirname "$0")/common.sh"
bytes="${1:-1073741824}"
codes="${2:-1000000}"

start_sandbox
write_settings
start_bridge

measure() { # name file
  local size begin accepted=""
  size="$(stat -c %s "$2")"
  begin="$(seconds)"
  mv "$2" "$work/inbox/beer/$1.json"
  until grep -qs '"reportStatus":"\(SENT\|REJECTED\)"' "$work/replies/beer/$1.status.json"; do
    [ -n "$accepted" ] || [ -e "$work/inbox/beer/$1.json" ] || accepted="$(since "$begin")"
    bridge_lives
    sleep 0.2
  done
  grep -q '"reportStatus":"SENT"' "$work/replies/beer/$1.status.json" || { cat "$work/replies/beer/$1.status.json"; exit 1; }
  echo "| $1 | $((size / 1048576)) MB | ${accepted:-?} s | $(since "$begin") s | $(peak_resident "$bridge_pid") MB | $(peak_heap) MB | $(disk_megabytes) MB |"
}

machine
echo
echo "| document | size | in the journal after | answered SENT after | peak resident so far | peak heap after GC so far | journal on disk |"
echo "|---|---|---|---|---|---|---|"
java "$bench/Generate.java" report "$work/report.bytes" "$codes"
measure "report" "$work/report.bytes"
java "$bench/Generate.java" aggregation "$work/aggregation.bytes" "$bytes"
measure "aggregation" "$work/aggregation.bytes"
! grep -q "OutOfMemoryError" "$work/bridge.log"
