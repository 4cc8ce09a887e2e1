#!/usr/bin/env bash
# Starts scheduler and executor with the demo checkpoint in the foreground until interrupted.
# Needs a build: `make run` does both. The store and the last snapshot stay below .fovea/.
#
#   FOVEA_SCHEDULER  address of the scheduler   (http://127.0.0.1:7080)
#   FOVEA_EXECUTOR   address of the executor    (http://127.0.0.1:7081)
#   FOVEA_MODEL      folder of the checkpoint   (models/demo/model)
#   FOVEA_DTYPE      fp32, bf16, fp16 or auto   (fp32)
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
scheduler=${FOVEA_SCHEDULER:-http://127.0.0.1:7080}
executor=${FOVEA_EXECUTOR:-http://127.0.0.1:7081}
model=${FOVEA_MODEL:-$root/models/demo/model}
state=$root/.fovea
output=bin/Release/net10.0

mkdir -p "$state"
pids=()

stop() {
  trap '' INT TERM
  # The executor first: it finishes its answers while the scheduler is still there.
  local index
  for ((index = ${#pids[@]} - 1; index >= 0; index--)); do
    kill -TERM "${pids[index]}" 2>/dev/null || true
    wait "${pids[index]}" || status=$?
  done
}

status=0
trap 'stop; exit "$status"' INT TERM

# setsid keeps Ctrl-C from reaching the services directly, so that they stop in order.
setsid dotnet "$root/services/Scheduler/$output/Fovea.Scheduler.dll" --listen "$scheduler" --store "$state/store" &
pids+=($!)
setsid dotnet "$root/services/Executor/$output/Fovea.Executor.dll" --listen "$executor" --scheduler "$scheduler" \
  --model "$model" --dtype "${FOVEA_DTYPE:-fp32}" --state "$state/executor" &
pids+=($!)
printf 'scheduler %s  executor %s  (Ctrl-C stops both)\n' "$scheduler" "$executor"

# Either one ending on its own ends the other and fails.
wait -n "${pids[@]}" || status=$?
if [ "$status" = 0 ]; then status=1; fi
stop
exit "$status"
