#!/usr/bin/env bash
# Fails on C# files that `dotnet format whitespace` would change and on scripts that bash cannot parse.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

failed=0
for script in scripts/*.sh .ci/run; do
  bash -n "$script" || failed=1
  [ -x "$script" ] || { printf '%s is not executable\n' "$script" >&2; failed=1; }
done
if git grep -nI -E '[[:space:]]+$' -- '*.cs' '*.sh' '*.proto' '*.csproj' '*.props' '*.targets' '*.yaml' Makefile; then
  printf 'trailing white space (above)\n' >&2
  failed=1
fi
dotnet format whitespace . --folder --exclude '**/obj' --verify-no-changes -v q || failed=1
exit "$failed"
