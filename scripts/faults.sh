#!/usr/bin/env bash
# Runs every fault scenario against built services and writes docs/faults.md. Needs a build: `make faults` does both.
#
#   scripts/faults.sh [ARGUMENT...]   arguments of Fovea.Faults instead of those of the report; --help lists them
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

if [ "$#" -eq 0 ]; then set -- --long --report docs/faults.md; fi
exec dotnet tests/Fovea.Faults/bin/Release/net10.0/Fovea.Faults.dll "$@"
