#!/usr/bin/env bash
# Builds libfovea_torch.so and libfovea_images.so into build/native/. Incremental.
#
#   FOVEA_TORCH_ROOT  folder with include/ and lib/ of another libtorch (an unpacked one, or the
#                     torch package of a Python environment); the system's libtorch otherwise
#   Torch_DIR         .../share/cmake/Torch of another libtorch, when FOVEA_TORCH_ROOT is not set
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source="$root/shared/Fovea.Torch/native"
build="$root/build/native"
choice="${FOVEA_TORCH_ROOT:-}|${Torch_DIR:-}"

# Another libtorch needs a fresh configuration; the same one only what has changed.
if [[ -f "$build/.choice" && "$(cat "$build/.choice")" != "$choice" ]]; then
    rm -rf "$build"
fi
if [[ ! -f "$build/CMakeCache.txt" ]]; then
    mkdir -p "$build"
    generator=()
    if command -v ninja >/dev/null; then
        generator=(-G Ninja)
    fi
    cmake -S "$source" -B "$build" "${generator[@]}" -DFOVEA_TORCH_ROOT="${FOVEA_TORCH_ROOT:-}" >"$build/configure.log" 2>&1 || {
        cat "$build/configure.log" >&2
        rm -f "$build/CMakeCache.txt"
        exit 1
    }
    printf '%s' "$choice" >"$build/.choice"
fi
cmake --build "$build" --parallel "${FOVEA_BUILD_JOBS:-$(nproc)}" "$@"
