#!/bin/bash
# 10,000 small documents dropped at once through a bridge with -Xmx64m that is killed (-9) five times on the way. See README.md.
#   bench/many-documents.sh [COUNT [KILLS]]
. "$(dirname "$0")/common.sh"
count="${1:-10000}"
kills="${2:-5}"
RANDOM=20261121                       # the moments of the kills, in progress, are the same in every run

start_sandbox --switch order-delay=100ms --switch utilisation-delay=100ms
write_settings
begin="$(seconds)"
java "$bench/Generate.java" documents "$work/drop" "$count"
mv "$work/drop"/* "$work/inbox/beer/" 2>/dev/null || find "$work/drop" -type f -exec mv -t "$work/inbox/beer/" {} +
dropped="$(since "$begin")"

replies() { find "$work/replies" -name '*.reply.json' 2>/dev/null | wc -l; }
settled() { # final, or in doubt and said so
  find "$work/replies" -name '*.status.json' -print0 2>/dev/null \
    | xargs -0 -r grep -lE '"state":"(DONE|REJECTED|PARTLY_DONE)"|"inDoubt":true' 2>/dev/null | wc -l
}

begin="$(seconds)"
resident=0
start_bridge
progress=0
for kill in $(seq 1 "$kills"); do
  progress=$((progress + 1 + RANDOM % (count / (kills + 1))))
  until [ "$(replies)" -ge "$progress" ]; do bridge_lives; sleep 0.2; done
  peak="$(peak_resident "$bridge_pid")"; [ "$peak" -le "$resident" ] || resident="$peak"
  kill -9 "$bridge_pid"; wait "$bridge_pid" 2>/dev/null || true
  start_bridge
done
until [ "$(settled)" -ge "$count" ]; do bridge_lives; sleep 1; done
took="$(since "$begin")"
peak="$(peak_resident "$bridge_pid")"; [ "$peak" -le "$resident" ] || resident="$peak"

state="$(curl -fs "$sandbox_url/sandbox/state?limit=0" || true)"
doubtful="$(find "$work/replies" -name '*.status.json' -print0 | xargs -0 grep -l '"inDoubt":true' | wc -l || true)"
machine
echo
echo "| documents | kills (-9) | dropped in | all answered or in doubt after | a second | answered | in doubt, said so | left in the inbox | peak resident | peak heap after GC |"
echo "|---|---|---|---|---|---|---|---|---|---|"
echo "| $count | $kills | $dropped s | $took s | $(awk -v n="$count" -v t="$took" 'BEGIN {printf "%d", n / t}') | $(replies) | $doubtful | $(find "$work/inbox" -name '*.json' | wc -l) | $resident MB | $(peak_heap) MB |"
echo
echo "The sandbox says: $state" | head -c 2000
echo
! grep -q "OutOfMemoryError" "$work/bridge.log"
