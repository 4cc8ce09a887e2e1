// Shared by every file of the shim: the handle, the export mark and the two guards.
// A handle is a heap-allocated at::Tensor; the caller of the C function owns it.
// No exception crosses the boundary: a failing call returns null or -1 and leaves its
// message in a thread-local that ft_last_error() reads.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstdint>
#include <utility>
#include <vector>

#define FOVEA_API extern "C" __attribute__((visibility("default")))
#define FOVEA_TORCH_AT_LEAST(major, minor) \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace fovea {

using Handle = at::Tensor*;

// Moves a tensor to the heap and counts it.
Handle own(at::Tensor&& tensor);

// Stores the message of the exception in flight for ft_last_error().
void remember() noexcept;

// Runs a body that makes one tensor; null when it throws.
template <typename Body>
Handle tensor(Body&& body) noexcept {
    try {
        return own(body());
    } catch (...) {
        remember();
        return nullptr;
    }
}

// Runs a body that makes nothing; -1 when it throws.
template <typename Body>
int32_t status(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (...) {
        remember();
        return -1;
    }
}

inline at::IntArrayRef ints(const int64_t* values, int32_t count) {
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline at::ScalarType scalar_type(int32_t id) { return static_cast<at::ScalarType>(id); }

inline at::Device device(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

inline at::TensorOptions options(int32_t dtype, int32_t device_type, int32_t device_index) {
    return at::TensorOptions().dtype(scalar_type(dtype)).device(device(device_type, device_index));
}

inline std::vector<at::Tensor> list(const Handle* handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; ++i) {
        tensors.push_back(*handles[i]);
    }
    return tensors;
}

}  // namespace fovea
