#!/usr/bin/env bash
# Builds in Release, only when a source changed since the last build, and leaves the launcher bin/fovea.
#
#   scripts/build.sh all        the whole solution
#   scripts/build.sh products   scheduler, executor and command line
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

STAMPS=build/stamps
TARGET=${1:-all}

# Names, sizes and times of all sources: unlike a time stamp alone, this also notices deleted files.
fingerprint() {
  {
    printf '%s\n' "$(dotnet_root)"
    find build/native -name '*.so' -printf '%p %s %T@\n'
    find protos shared services tools tests Directory.* Fovea.slnx global.json .editorconfig BannedSymbols.txt \
      \( -name bin -o -name obj -o -name node_modules -o -name TestResults -o -name '*.md' -o -name __pycache__ \) -prune -o \
      -type f -printf '%p %s %T@\n' | LC_ALL=C sort
  } | sha256sum | cut -d' ' -f1
}

dotnet_root() { readlink -f "$(command -v dotnet)"; }

is_current() {
  local stamp
  for stamp in "$@"; do
    if [ -f "$STAMPS/$stamp" ] && [ "$(cat "$STAMPS/$stamp")" = "$print" ]; then return 0; fi
  done
  return 1
}

build() {
  dotnet build "$1" -c Release -v q --nologo -clp:NoSummary
}

write_launcher() {
  mkdir -p bin
  cat >bin/fovea <<'LAUNCHER'
#!/usr/bin/env bash
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
exec dotnet "$root/tools/Fovea.Cli/bin/Release/net10.0/fovea.dll" "$@"
LAUNCHER
  chmod +x bin/fovea
}

mkdir -p "$STAMPS"
print=$(fingerprint)
case $TARGET in
  all)
    if ! is_current all; then
      printf 'build: the solution\n'
      build Fovea.slnx
    fi
    ;;
  products)
    if ! is_current all products; then
      printf 'build: scheduler, executor and command line\n'
      build services/Scheduler/Fovea.Scheduler.csproj
      build tools/Fovea.Cli/Fovea.Cli.csproj
    fi
    ;;
  *)
    printf "build: unknown target '%s'; known: all, products\n" "$TARGET" >&2
    exit 2
    ;;
esac
write_launcher
printf '%s\n' "$print" >"$STAMPS/$TARGET"
