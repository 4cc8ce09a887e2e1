#!/usr/bin/env bash
# Times prefills of an InternVL2-1B-shaped decoder with random weights: everything kept and by a schedule, by Fovea and by
# PyTorch on the same libtorch, in turn. Needs a build: `make bench` does both.
#
#   scripts/bench.sh [fp32|bf16]...    data types; by default fp32, and bf16 where the CPU multiplies it fast (AVX-512)
#
# RUNS (default 3) and THREADS (default: all cores) come from the environment.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
out=$root/build/bench
runs=${RUNS:-3}
threads=${THREADS:-$(nproc)}
export OMP_NUM_THREADS=$threads
rates='[1,1,1,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.25,0.25,0.25,0.25,0.25,0.25,0.25,0.1,0.1,0.1,0.1,0.1,0.1,0.1]'

types=("$@")
if [ "${#types[@]}" -eq 0 ]; then
  types=(fp32)
  if grep -qw avx512bw /proc/cpuinfo; then types+=(bf16); else echo "bf16 left out: this CPU has no AVX-512, so bf16 is computed in fp32"; fi
fi

ours() { "$root/bin/fovea" bench prefill --shape internvl2-1b --vision-tokens "$2" --text-tokens 64 --dtype "$1" \
  --schedule "rates:$rates" --runs "$runs" --json 2>/dev/null; }

theirs() { /usr/bin/python3 "$root/tests/Fovea.Benchmarks/python/prefill.py" --dtype "$1" --vision-tokens "$2" --text-tokens 64 \
  --text-before 8 --vocab 151655 --threads "$threads" --repeats "$runs" --counts "$3"; }

mkdir -p "$out"
rm -f "$out"/*.json
for type in "${types[@]}"; do
  for vision in 576 1792; do
    for turn in 1 2; do
      printf '%s, %s vision tokens, turn %s of 2\n' "$type" "$vision" "$turn" >&2
      ours "$type" "$vision" >"$out/ours-$type-$vision-$turn.json"
      counts=$(python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))["counts"], sep=",")' "$out/ours-$type-$vision-$turn.json")
      theirs "$type" "$vision" "" >"$out/theirs-full-$type-$vision-$turn.json"
      theirs "$type" "$vision" "$counts" >"$out/theirs-pruned-$type-$vision-$turn.json"
    done
  done
done
exec python3 "$root/scripts/bench-table.py" "$out" "$threads"
