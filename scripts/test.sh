#!/usr/bin/env bash
# Runs all test projects of the solution and ends with one line: "N passed, N failed[, N skipped]".
#
#   scripts/test.sh [--no-build] [NAME...]   NAME: only projects whose path contains it
#
# A project that leaves no result (crash, hang, no tests) counts as one failed test.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

HANG_TIMEOUT=4m
PROJECT_TIMEOUT=15m
RESULTS=build/test-results

build=1
if [ "${1:-}" = --no-build ]; then build=0; shift; fi
if [ "$build" = 1 ]; then scripts/build.sh all; fi

selected() {
  local project=$1 name
  shift
  [ "$#" -eq 0 ] && return 0
  for name in "$@"; do [[ $project == *"$name"* ]] && return 0; done
  return 1
}

run_project() {
  local project=$1 name
  name=$(basename "$project" .csproj)
  printf '%s\n' "== $name"
  local status=0
  timeout --kill-after=30s "$PROJECT_TIMEOUT" dotnet test "$project" -c Release --no-build --nologo -v q \
    --blame-hang-timeout "$HANG_TIMEOUT" --blame-hang-dump-type none \
    --logger "trx;LogFileName=$name.trx" --results-directory "$RESULTS/$name" >"$RESULTS/$name.log" 2>&1 || status=$?
  printf '%s %s\n' "$name" "$status" >>"$RESULTS/projects"
}

rm -rf "$RESULTS"
mkdir -p "$RESULTS"
: >"$RESULTS/projects"
# Read first: a test host that reads standard input would swallow the list.
mapfile -t projects < <(grep -o 'Path="tests/[^"]*\.Tests\.csproj"' Fovea.slnx | cut -d'"' -f2)
for project in "${projects[@]}"; do
  if selected "$project" "$@"; then run_project "$project" </dev/null; fi
done
exec python3 scripts/test-summary.py "$RESULTS"
