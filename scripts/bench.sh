#!/usr/bin/env bash
# Times prefills, full against pruned, on this machine. Needs a build: `make bench` does both.
# Arguments go to `fovea bench prefill` in place of the defaults below.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
if [ "$#" -gt 0 ]; then
  exec "$root/bin/fovea" bench prefill "$@"
fi

printf 'demo checkpoint shape, fp32\n'
"$root/bin/fovea" bench prefill --shape "$root/models/demo/model/config.json" --vision-tokens 256 --text-tokens 18 \
  --schedule "rates:$root/models/demo/schedules/lossless.json" --runs 20
printf 'llava-1.5-7b shape cut to 8 layers, bf16\n'
"$root/bin/fovea" bench prefill --shape llava-1.5-7b --layers 8 --vision-tokens 576 --text-tokens 75 --dtype bf16 \
  --schedule uniform:r=0.34,first=3 --runs 3
