"""Turns the JSON files of scripts/bench.sh into one table of least times and their ratios."""
import json
import pathlib
import sys


def read(folder, pattern):
    return [json.loads(path.read_text()) for path in sorted(folder.glob(pattern))]


def main():
    folder, threads = pathlib.Path(sys.argv[1]), sys.argv[2]
    print(f"threads: {threads}; seconds are the least of all runs; C#/Python below 1 means that Fovea is faster")
    print("| dtype | vision | full s | pruned s | time ratio | FLOPs ratio | kept of the gain | ranking | Python full s | pruned s "
          "| C#/Python full | pruned |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    cases = sorted({tuple(path.stem.split("-")[1:3]) for path in folder.glob("ours-*.json")}, key=lambda case: (case[0], int(case[1])))
    for dtype, vision in cases:
        ours = read(folder, f"ours-{dtype}-{vision}-*.json")
        full = min(ms / 1e3 for run in ours for ms in run["full"]["wall_ms"])
        pruned = min(ms / 1e3 for run in ours for ms in run["pruned"]["wall_ms"])
        ranking = min(run["pruned"]["ranking_ms"] / 1e3 for run in ours)
        flops = ours[0]["flops_ratio"]
        their_full = min(s for run in read(folder, f"theirs-full-{dtype}-{vision}-*.json") for s in run["wall_s"])
        their_pruned = min(s for run in read(folder, f"theirs-pruned-{dtype}-{vision}-*.json") for s in run["wall_s"])
        print(f"| {dtype} | {vision} | {full:.2f} | {pruned:.2f} | {full / pruned:.2f} | {flops:.2f} | {full / pruned / flops:.2f} "
              f"| {100 * ranking / pruned:.2f} % | {their_full:.2f} | {their_pruned:.2f} | {full / their_full:.2f} "
              f"| {pruned / their_pruned:.2f} |")


if __name__ == "__main__":
    main()
