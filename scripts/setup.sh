#!/usr/bin/env bash
# Installs what Fovea needs on Debian 12, and only what is missing.
#
#   scripts/setup.sh           install missing packages (root or sudo)
#   scripts/setup.sh --check   report only; exit code 1 when something is missing
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

SDK_MAJOR=10
NATIVE_PACKAGES=(cmake g++ libtorch-dev libopenblas0-openmp libvips-dev fonts-dejavu-core openssl)
PEER_PACKAGES=(python3-torch python3-grpcio python3-grpc-tools python3-protobuf protobuf-compiler prometheus)
STORE_PACKAGES=(redis-server)
NODE_FOLDERS=(tests/Fovea.Grpc.Tests/Interop/node tests/Fovea.K8s.Tests/node)
KUBECTL_OLDEST=27
BLAS_FLAVOUR=openblas-openmp

say() { printf '%s\n' "setup: $*"; }
fail() { printf '%s\n' "setup: $*" >&2; exit 1; }

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs root for: $* (no sudo found; run it as root)"
  fi
}

require_debian_12() {
  local id='' version=''
  if [ -r /etc/os-release ]; then
    id=$(. /etc/os-release && printf '%s' "${ID:-}")
    version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
  fi
  if [ "$id" != debian ] || [ "$version" != 12 ]; then
    fail "this is '${id:-unknown} ${version:-}', but only Debian 12 is set up by this script. Install by hand:
  .NET SDK $SDK_MAJOR.0 (dotnet on PATH)
  build: a C++17 compiler, CMake >= 3.18, libtorch >= 1.13 with headers, OpenBLAS with OpenMP, libvips >= 8.14 with headers and librsvg, DejaVu fonts
  store: redis-server >= 7.0 built with TLS
  peers of the interop tests: Python 3 with torch, grpcio, grpcio-tools and protobuf; protoc; promtool; Node.js >= 18 with npm
then run: make native build"
  fi
}

require_sdk() {
  command -v dotnet >/dev/null || fail "no 'dotnet' on PATH: install the .NET SDK $SDK_MAJOR.0 (package dotnet-sdk-$SDK_MAJOR.0), then run this again"
  # Reading the folder is 20 times faster than starting dotnet.
  local root
  root=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
  compgen -G "$root/sdk/$SDK_MAJOR.*" >/dev/null ||
    fail "'$root' holds no .NET SDK $SDK_MAJOR.0: install package dotnet-sdk-$SDK_MAJOR.0 (global.json asks for it)"
}

missing_packages() {
  local package
  for package in "${NATIVE_PACKAGES[@]}" "${PEER_PACKAGES[@]}" "${STORE_PACKAGES[@]}"; do
    is_installed "$package" || printf '%s\n' "$package"
  done
  command -v node >/dev/null || printf '%s\n' nodejs
  command -v npm >/dev/null || printf '%s\n' npm
}

install_packages() {
  say "installing: $*"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  stop_service prometheus "$@" # only promtool is used
  stop_service redis-server "$@" # tests and demonstrations start their own, on free ports
}

# A package that was just installed brings a service that need not run here.
stop_service() {
  local service=$1
  shift
  if [[ " $* " == *" $service "* ]] && command -v systemctl >/dev/null; then
    as_root systemctl disable --now "$service" >/dev/null 2>&1 || true
  fi
}

# BLAS and LAPACK both must come from OpenBLAS with OpenMP: torch's own threads are OpenMP threads too.
blas_link() {
  printf '%s-%s' "$1" "$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || printf '%s-linux-gnu' "$(uname -m)")"
}

check_blas() {
  local library link target fixed=0
  for library in libblas.so.3 liblapack.so.3; do
    link=/etc/alternatives/$(blas_link "$library")
    target=$(readlink "$link" || true)
    case $target in
      */"$BLAS_FLAVOUR"/*) ;;
      *)
        if [ "$CHECK" = 1 ]; then
          say "$library is '${target:-not there}', want $BLAS_FLAVOUR"
          return 1
        fi
        target=$(update-alternatives --list "$(blas_link "$library")" | grep "/$BLAS_FLAVOUR/") ||
          fail "$library has no $BLAS_FLAVOUR alternative although libopenblas0-openmp is installed"
        as_root update-alternatives --set "$(blas_link "$library")" "$target" >/dev/null
        fixed=1
        ;;
    esac
  done
  if [ "$fixed" = 1 ]; then say "BLAS switched to $BLAS_FLAVOUR"; else say "BLAS is $BLAS_FLAVOUR"; fi
}

node_modules_stale() {
  [ -f "$1/package-lock.json" ] && { [ ! -d "$1/node_modules" ] || [ "$1/package-lock.json" -nt "$1/node_modules" ]; }
}

install_node_modules() {
  say "installing Node modules of $1"
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
  touch "$1/node_modules"
}

# Debian 12's kubectl is too old to render components, so none is installed: the tests of k8s/ are skipped without one.
tell_of_kubectl() {
  local minor=''
  if command -v kubectl >/dev/null; then
    minor=$(kubectl version --client 2>/dev/null | sed -n 's/^Client Version: v1\.\([0-9]*\).*/\1/p' | head -n 1)
  fi
  if [ -z "$minor" ] || [ "$minor" -lt "$KUBECTL_OLDEST" ]; then
    say "kubectl 1.$KUBECTL_OLDEST or later is not installed; the tests of k8s/ will be skipped"
  fi
}

CHECK=0
case ${1:-} in
  '') ;;
  --check) CHECK=1 ;;
  *) fail "unknown option '$1'; known: --check" ;;
esac

require_debian_12
require_sdk
mapfile -t missing < <(missing_packages)
complete=0
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$CHECK" = 1 ]; then say "missing: ${missing[*]}"; complete=1; else install_packages "${missing[@]}"; fi
fi
check_blas || complete=1
for folder in "${NODE_FOLDERS[@]}"; do
  if node_modules_stale "$folder"; then
    if [ "$CHECK" = 1 ]; then say "missing: Node modules of $folder"; complete=1; else install_node_modules "$folder"; fi
  fi
done
tell_of_kubectl
if [ "$complete" = 0 ]; then say "everything is installed"; fi
exit "$complete"
