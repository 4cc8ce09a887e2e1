#!/usr/bin/env bash
# Plays the demo of this checkout: 20 questions with everything kept and by a keep plan, then a live change of policy.
# Needs a build: `make demo` does both. Arguments go to `fovea demo`, e.g. --json.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
exec "$root/bin/fovea" demo --root "$root" "$@"
