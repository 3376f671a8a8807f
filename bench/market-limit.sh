#!/bin/bash
# 1,000 orders of the marketplace through a limit of 100 calls a second and 4 requests at once, told only by the answers' headers. See README.md.
#   bench/market-limit.sh [COUNT [LIMIT]]
. "$(dirname "$0")/common.sh"
count="${1:-1000}"
limit="${2:-100}"
key="ACMA:demo-key"

# Closed but for a call in ten seconds until every order is planned: the limit is measured, not how fast files are taken.
start_sandbox --switch market-limit=1 --switch market-period=10s --switch latency=5ms
write_settings
mkdir -p "$work/inbox/market"
cat >>"$work/config/application.yaml" <<YAML
  market:
    url: "$sandbox_url"
    campaigns: {"1001": {api-key: "$key", model: DBS}}
YAML
for order in $(seq 1 "$count"); do
  printf '{"campaignId":1001,"orderId":%d,"items":[{"id":1,"instances":[{"cis":"010304109478744321%07d\\u001d93Zjqw"}]}]}' "$order" "$order" \
    >"$work/inbox/market/order-$order.json"
done

replies() { find "$work/replies" -name '*.reply.json' 2>/dev/null | wc -l; }
calls() { curl -fs "$sandbox_url/sandbox/market?campaign=1001&call=market-identifiers"; }
start_bridge
until [ "$(find "$work/replies" -name '*.status.json' 2>/dev/null | wc -l)" -ge "$count" ]; do bridge_lives; sleep 0.5; done
state="$(calls)"
begin="$(seconds)"
curl -fs -X POST -H 'Content-Type: application/json' -d "{\"market-limit\":\"$limit\",\"market-period\":\"1s\"}" "$sandbox_url/sandbox/switches" >"$work/switches.json"
until [ "$(replies)" -ge "$count" ]; do bridge_lives; sleep 0.5; done
took="$(since "$begin")"
# Whole seconds in the middle: in the first and the last one there is nothing to be used up.
part() { { grep -o "\"$1\":{[^}]*}" <<<"$state" | grep -o ':[0-9]\+[,}]' | tr -dc '0-9\n'; } || true; }
closed="$(part periods | wc -l)"
refused_before="$(part refused | awk '{sum += $1} END {print sum + 0}')"
state="$(calls)"
periods="$(part periods | tail -n +$((closed + 1)))"
refused="$(part refused | awk -v before="$refused_before" '{sum += $1} END {print sum - before}')"
at_once="$(part mostAtOnce | sort -n | tail -1)"
echo "| orders | limit a second | taken in | seconds with calls | least and most in a whole second | limit used | 420 | most at once |"
echo "|---|---|---|---|---|---|---|---|"
used="$(sed '1d;$d' <<<"$periods" | awk -v limit="$limit" '{sum += $1} END {printf "%.1f", NR ? 100 * sum / limit / NR : 0}')"
range="$(sed '1d;$d' <<<"$periods" | sort -n | sed -n '1p;$p' | paste -sd- | sed 's/-/ to /')"
echo "| $count | $limit | $took s | $(wc -l <<<"$periods") | $range | $used % | $refused | $at_once |"
echo
machine
[ "$refused" -eq 0 ] && [ "$at_once" -le 4 ] && awk -v used="$used" 'BEGIN {exit !(used >= 95)}'
