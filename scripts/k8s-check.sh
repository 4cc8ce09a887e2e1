#!/usr/bin/env bash
# Renders every overlay of k8s/ and checks it: each object by the schema and the types of the Kubernetes API, then the whole by
# the policy tests, which also start the real services with the rendered options where the machine allows.
#
#   scripts/k8s-check.sh [--schemas]   --schemas: only the schemas and types, for which nothing need be built
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

RENDERED=build/k8s
TESTS=tests/Fovea.K8s.Tests
fail() { printf 'k8s-check: %s\n' "$*" >&2; exit 1; }

case ${1:-} in
  '' | --schemas) ;;
  *) fail "unknown option '$1'; known: --schemas" ;;
esac

command -v kubectl >/dev/null || fail "no 'kubectl' on PATH: install 1.27 or later (Debian 12's own is too old for components)"
command -v node >/dev/null || fail "no 'node' on PATH: run scripts/setup.sh"
[ -d "$TESTS/node/node_modules" ] || fail "the Node modules of $TESTS/node are not installed: run scripts/setup.sh"

rm -rf "$RENDERED"
mkdir -p "$RENDERED"
for overlay in k8s/overlays/*/; do
  kubectl kustomize "$overlay" >"$RENDERED/$(basename "$overlay").yaml"
done
node "$TESTS/node/check.js" "$RENDERED"/*.yaml
if [ "${1:-}" = --schemas ]; then exit 0; fi

dotnet build "$TESTS" -c Release -v q --nologo -clp:NoSummary
exec dotnet test "$TESTS" -c Release --no-build --nologo
