// Threads, modes, memory and devices of the process.
#include "common.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/cuda.h>

#include <memory>

namespace {

// Looks in the libraries that this one depends on, so nothing has to be linked for it.
template <typename Function>
Function find(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

}  // namespace

FOVEA_API const char* ft_version() { return TORCH_VERSION; }

FOVEA_API int32_t ft_set_num_threads(int32_t threads) {
    return fovea::status([&] {
        at::set_num_threads(threads);
        // The pthread flavour of OpenBLAS does not follow OpenMP.
        if (auto* set = find<void (*)(int)>("openblas_set_num_threads")) {
            set(threads);
        }
    });
}

FOVEA_API int32_t ft_get_num_threads() { return at::get_num_threads(); }

FOVEA_API int32_t ft_blas_threads() {
    auto* get = find<int (*)()>("openblas_get_num_threads");
    return get == nullptr ? -1 : get();
}

FOVEA_API int32_t ft_manual_seed(int64_t seed) {
    return fovea::status([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

FOVEA_API void* ft_inference_mode_enter() {
    try {
        return new c10::InferenceMode(true);
    } catch (...) {
        fovea::remember();
        return nullptr;
    }
}

FOVEA_API void ft_inference_mode_exit(void* mode) { delete static_cast<c10::InferenceMode*>(mode); }

FOVEA_API int32_t ft_inference_mode_enabled() { return c10::InferenceMode::is_enabled() ? 1 : 0; }

// Keeps freed tensor memory in the process: large blocks come from the heap, not from mmap.
FOVEA_API int32_t ft_tune_malloc(int64_t keep_bytes, int64_t pad_bytes) {
    const auto keep = static_cast<int>(keep_bytes);
    return mallopt(M_MMAP_THRESHOLD, keep) == 1 && mallopt(M_TRIM_THRESHOLD, keep) == 1 &&
                   mallopt(M_TOP_PAD, static_cast<int>(pad_bytes)) == 1
               ? 1
               : 0;
}

FOVEA_API int32_t ft_cuda_is_available() {
    try {
        return torch::cuda::is_available() ? 1 : 0;
    } catch (...) {
        return 0;
    }
}

FOVEA_API int32_t ft_cuda_device_count() {
    try {
        return static_cast<int32_t>(torch::cuda::device_count());
    } catch (...) {
        return 0;
    }
}

FOVEA_API int32_t ft_cuda_synchronize(int32_t device_index) {
    return fovea::status([&] { torch::cuda::synchronize(device_index); });
}

// Through the runtime library that libtorch loaded, so that no CUDA headers are needed.
FOVEA_API int32_t ft_cuda_memory(int32_t device_index, int64_t* free_bytes, int64_t* total_bytes) {
    return fovea::status([&] {
        auto* set_device = find<int (*)(int)>("cudaSetDevice");
        auto* memory = find<int (*)(size_t*, size_t*)>("cudaMemGetInfo");
        TORCH_CHECK(set_device != nullptr && memory != nullptr, "No CUDA runtime library is loaded.");
        size_t free_now = 0;
        size_t total = 0;
        TORCH_CHECK(set_device(device_index) == 0 && memory(&free_now, &total) == 0, "Device cuda:", device_index, " does not answer.");
        *free_bytes = static_cast<int64_t>(free_now);
        *total_bytes = static_cast<int64_t>(total);
    });
}
