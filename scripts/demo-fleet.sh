#!/usr/bin/env bash
# Plays a fleet on this machine: Redis, two schedulers and three executors under load, while a policy is swapped, a ruinous canary is put
# on trial and ends by itself, a scheduler is killed, and Redis is killed. Prints a row a moment and fails when a request failed.
# Needs a build: `make demo-fleet` does both.
#
#   FOVEA_RATE     requests that arrive in a second   (2)
#   FOVEA_SECONDS  how long they arrive               (90)
#   FOVEA_KEEP     1 leaves logs in build/demo-fleet  (0)
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
work=$root/build/demo-fleet
rate=${FOVEA_RATE:-2}
output=bin/Release/net10.0
export DOTNET_gcServer=0

command -v redis-server >/dev/null || { printf 'demo-fleet: needs redis-server: run scripts/setup.sh\n' >&2; exit 1; }
rm -rf "$work"
mkdir -p "$work"
declare -A pids=()

stop_all() {
  trap '' INT TERM EXIT
  local name
  for name in "${!pids[@]}"; do kill -KILL "${pids[$name]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [ "${FOVEA_KEEP:-0}" != 1 ]; then rm -rf "$work"; fi
}
trap stop_all EXIT
trap 'exit 130' INT TERM

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
  local name=$1
  shift
  setsid "$@" >>"$work/$name.log" 2>&1 &
  pids[$name]=$!
}

# Kills a process as a crash would, without the shell telling of it.
crash() {
  kill -KILL "${pids[$1]}"
  wait "${pids[$1]}" 2>/dev/null || true
}

# Waits until a file has content, which its writer moves into place whole.
await_file() {
  local deadline=$((SECONDS + 60))
  until [ -s "$1" ]; do
    [ "$SECONDS" -lt "$deadline" ] || { printf 'demo-fleet: %s did not come up: see its log\n' "$2" >&2; FOVEA_KEEP=1; exit 1; }
    sleep 0.1
  done
  tr -d '\n' <"$1"
}

fovea() { "$root/bin/fovea" "$@"; }

start_redis() { start redis redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$work" --save '' --appendonly yes --appendfsync always; }

start_scheduler() {
  start "scheduler-$1" dotnet "$root/services/Scheduler/$output/Fovea.Scheduler.dll" --listen "$2" --redis "127.0.0.1:$redis_port" \
    --store "$work/scheduler-$1" --address-file "$work/scheduler-$1.address"
}

started=$SECONDS
columns='%5s  %-34s  %-16s  %s\n'

# One row: time, what happened, the revision of each scheduler, and what each executor has applied.
row() {
  local revisions='' applied='' address list
  for address in "${schedulers[@]}"; do
    if list=$(fovea policy list --scheduler "$address" --timeout 2 --json 2>/dev/null); then
      revisions+="$(python3 -c 'import json, sys; d = json.load(sys.stdin); print(max((p["revision"] for p in (d if isinstance(d, list) else d["policies"])), default=0))' <<<"$list") "
    else
      revisions+='- '
    fi
  done
  for address in "${schedulers[@]}"; do
    if list=$(fovea fleet list --scheduler "$address" --timeout 2 --json 2>/dev/null); then
      applied=$(python3 -c 'import json, sys; print("  ".join("%s:%s" % (e["executor_id"][-1], e["applied_revision"]) for e in json.load(sys.stdin) if e["connected"]))' <<<"$list")
      [ -z "$applied" ] || break
    fi
  done
  # shellcheck disable=SC2059
  printf "$columns" "$((SECONDS - started))s" "$1" "$revisions" "$applied"
}

# Prints rows until a condition holds; fails after a minute.
rows_until() {
  local what=$1 deadline=$((SECONDS + 60))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || { printf 'demo-fleet: it did not happen within a minute: %s\n' "$what" >&2; FOVEA_KEEP=1; exit 1; }
    row "... $what"
  done
}

policy() { printf 'name: default\nmodel: "*"\nfloor: 1\nrules:\n  - class: "*"\n    %s\n' "$1" >"$work/policy.yaml"; }

# Fails with the reason on standard error.
must_apply() { apply "$@" || { printf 'demo-fleet: the change was refused: %s\n' "$(cat "$work/apply.log")" >&2; exit 1; }; }

apply() { fovea policy apply -f "$work/policy.yaml" --scheduler "$1" --timeout 5 "${@:2}" >"$work/apply.log" 2>&1; }

all_applied() {
  fovea fleet list --scheduler "$1" --json 2>/dev/null | python3 -c '
import json, sys
executors = [e for e in json.load(sys.stdin) if e["connected"]]
revisions = {e["applied_revision"] for e in executors}
sys.exit(0 if len(executors) == 3 and len(revisions) == 1 and revisions.pop() >= int(sys.argv[1]) else 1)' "$2"
}

newest() { fovea policy get default --scheduler "$1" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["revision"])'; }

canary_failed() { fovea policy history default --scheduler "$1" --limit 1 --json 2>/dev/null | grep -q canary_failed; }

redis_port=$(free_port)
start_redis
for n in 1 2; do start_scheduler "$n" http://127.0.0.1:0; done
schedulers=("$(await_file "$work/scheduler-1.address" scheduler-1)" "$(await_file "$work/scheduler-2.address" scheduler-2)")
executors=()
for n in 1 2 3; do
  start "executor-$n" dotnet "$root/services/Executor/$output/Fovea.Executor.dll" --model "$root/models/demo/model" --dtype fp32 --threads 1 \
    --listen http://127.0.0.1:0 --address-file "$work/executor-$n.address" --executor-id "executor-$n" --state "$work/executor-$n" \
    --scheduler "${schedulers[0]},${schedulers[1]}"
done
for n in 1 2 3; do executors+=(--executor "$(await_file "$work/executor-$n.address" "executor-$n")"); done

# shellcheck disable=SC2059
printf "$columns" time event 'scheduler 1 2' 'revision applied by executor'
rows_until 'executors load and connect' all_applied "${schedulers[0]}" 1
fovea bench serve --set "$root/models/demo/eval" "${executors[@]}" --rate "$rate" --seconds "${FOVEA_SECONDS:-90}" --timeout 60 --json >"$work/load.part" 2>"$work/load.log" &&
  mv "$work/load.part" "$work/load.json" &
pids[load]=$!
row 'load begins'

policy 'budget: {mean: 0.5}'
must_apply "${schedulers[0]}"
row 'swap to mean 0.5 by scheduler 1'
rows_until 'swap reaches every executor' all_applied "${schedulers[1]}" "$(newest "${schedulers[0]}")"

policy 'spec: "uniform:r=0.02,first=3"'
must_apply "${schedulers[1]}" --canary 0.6 --min-requests 5 --min-agreement 0.98 --shadow-share 1
row 'canary of 60 %: keeps 2 in 100'
rows_until 'guard measures agreement' canary_failed "${schedulers[0]}"
row 'canary ended by its guard'
fovea policy history default --scheduler "${schedulers[0]}" --limit 1 --json |
  python3 -c 'import json, sys; v = json.load(sys.stdin); v = v if isinstance(v, list) else v["versions"]; print("       reason:", v[0]["reason"])'

crash scheduler-1
row 'scheduler 1 killed'
policy 'budget: {mean: 0.4}'
must_apply "${schedulers[1]}"
row 'swap to mean 0.4 by scheduler 2'
rows_until 'swap reaches every executor' all_applied "${schedulers[1]}" "$(newest "${schedulers[1]}")"
rm -f "$work/scheduler-1.address"
start_scheduler 1 "${schedulers[0]}"
await_file "$work/scheduler-1.address" scheduler-1 >/dev/null
row 'scheduler 1 is back'

crash redis
row 'Redis killed'
policy 'budget: {mean: 0.6}'
if apply "${schedulers[1]}"; then printf 'demo-fleet: a change was accepted without Redis\n' >&2; exit 1; fi
printf '       a change now: %s\n' "$(head -c 160 "$work/apply.log" | tr '\n' ' ')"
start_redis
rows_until 'Redis is back' apply "${schedulers[1]}"
row 'swap to mean 0.6 by scheduler 2'
rows_until 'swap reaches every executor' all_applied "${schedulers[0]}" "$(newest "${schedulers[1]}")"

row 'the rest of the load'
wait "${pids[load]}" || { printf 'demo-fleet: the load failed: %s\n' "$(tail -3 "$work/load.log")" >&2; FOVEA_KEEP=1; exit 1; }
python3 - "$work/load.json" <<'PYTHON'
import json, sys

report = json.load(open(sys.argv[1]))
outcomes = report["outcomes"]
print("load:", ", ".join(f"{count} {outcome.lower()}" for outcome, count in sorted(outcomes.items())))
sys.exit(0 if all(outcome.upper() in ("OK", "COMPLETED") or count == 0 for outcome, count in outcomes.items()) else 1)
PYTHON
