#include "fused.h"

#include "common.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define FOVEA_CLONES __attribute__((target_clones("arch=skylake-avx512", "arch=haswell", "default")))
#else
#define FOVEA_CLONES
#endif

namespace {

constexpr int64_t ElementsPerTask = 1 << 15;

inline float wide(uint16_t bits) {
    const uint32_t word = static_cast<uint32_t>(bits) << 16;
    float value;
    std::memcpy(&value, &word, sizeof value);
    return value;
}

inline float wide(float value) { return value; }

// Round to nearest even; a NaN stays one because its top mantissa bit survives the shift of a quiet NaN.
inline void put(uint16_t& target, float value) {
    uint32_t word;
    std::memcpy(&word, &value, sizeof word);
    const uint32_t rounded = (word + 0x7fffu + ((word >> 16) & 1u)) >> 16;
    target = static_cast<uint16_t>(value != value ? 0x7fc0u : rounded);
}

inline void put(float& target, float value) { target = value; }

template <typename T>
inline float rounded(float value) {
    T stored;
    put(stored, value);
    return wide(stored);
}

template <typename T>
inline __attribute__((always_inline)) void rms_norm_body(const T* x, const T* weight, T* y, int64_t width, float eps) {
    constexpr int Lanes = 16;
    float partial[Lanes] = {};
    const int64_t whole = width - width % Lanes;
    for (int64_t i = 0; i < whole; i += Lanes) {
        for (int lane = 0; lane < Lanes; ++lane) {
            const float value = wide(x[i + lane]);
            partial[lane] += value * value;
        }
    }
    float sum = 0;
    for (int64_t i = whole; i < width; ++i) {
        const float value = wide(x[i]);
        sum += value * value;
    }
    for (int lane = 0; lane < Lanes; ++lane) {
        sum += partial[lane];
    }
    const float scale = 1.0f / std::sqrt(sum / static_cast<float>(width) + eps);
    for (int64_t i = 0; i < width; ++i) {
        put(y[i], rounded<T>(wide(x[i]) * scale) * wide(weight[i]));
    }
}

template <typename T>
inline __attribute__((always_inline)) void rope_body(const T* x, const T* cos, const T* sin, T* y, int64_t half, float scale) {
    for (int64_t i = 0; i < half; ++i) {
        const float first = wide(x[i]);
        const float second = wide(x[half + i]);
        const float c = wide(cos[i]);
        const float s = wide(sin[i]);
        put(y[i], (first * c - second * s) * scale);
        put(y[half + i], (second * c + first * s) * scale);
    }
}

// One plain function for each type: only such are cloned for several instruction sets.
FOVEA_CLONES void rms_norm_f32(const float* x, const float* w, float* y, int64_t rows, int64_t width, float eps) {
    for (int64_t row = 0; row < rows; ++row) {
        rms_norm_body(x + row * width, w, y + row * width, width, eps);
    }
}

FOVEA_CLONES void rms_norm_bf16(const uint16_t* x, const uint16_t* w, uint16_t* y, int64_t rows, int64_t width, float eps) {
    for (int64_t row = 0; row < rows; ++row) {
        rms_norm_body(x + row * width, w, y + row * width, width, eps);
    }
}

FOVEA_CLONES void rope_f32(const float* x, const float* c, const float* s, float* y, int64_t heads, int64_t half, float scale) {
    for (int64_t head = 0; head < heads; ++head) {
        rope_body(x + head * 2 * half, c, s, y + head * 2 * half, half, scale);
    }
}

FOVEA_CLONES void rope_bf16(
    const uint16_t* x, const uint16_t* c, const uint16_t* s, uint16_t* y, int64_t heads, int64_t half, float scale) {
    for (int64_t head = 0; head < heads; ++head) {
        rope_body(x + head * 2 * half, c, s, y + head * 2 * half, half, scale);
    }
}

const uint16_t* bits(const at::Tensor& tensor) { return static_cast<const uint16_t*>(tensor.data_ptr()); }

const float* floats(const at::Tensor& tensor) { return static_cast<const float*>(tensor.data_ptr()); }

int64_t grain(int64_t row) { return std::max<int64_t>(1, ElementsPerTask / std::max<int64_t>(1, row)); }

}  // namespace

namespace fovea {

bool fusable(const at::Tensor& tensor) {
    return tensor.device().is_cpu() && tensor.is_contiguous()
        && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16);
}

at::Tensor rms_norm_rows(const at::Tensor& input, const at::Tensor& weight, double eps) {
    const int64_t width = input.size(-1);
    TORCH_CHECK(weight.dim() == 1 && weight.size(0) == width, "rms_norm: the weight has ", weight.sizes(), ", the rows ", width);
    at::Tensor output = at::empty_like(input);
    const int64_t rows = width == 0 ? 0 : input.numel() / width;
    const bool single = input.scalar_type() == at::kFloat;
    at::parallel_for(0, rows, grain(width), [&](int64_t begin, int64_t end) {
        const int64_t start = begin * width;
        if (single) {
            rms_norm_f32(floats(input) + start, floats(weight), static_cast<float*>(output.data_ptr()) + start, end - begin, width,
                static_cast<float>(eps));
        } else {
            rms_norm_bf16(bits(input) + start, bits(weight), static_cast<uint16_t*>(output.data_ptr()) + start, end - begin, width,
                static_cast<float>(eps));
        }
    });
    return output;
}

at::Tensor rope_rows(const at::Tensor& input, const at::Tensor& cos, const at::Tensor& sin, double scale) {
    const int64_t heads = input.size(1);
    const int64_t half = input.size(2) / 2;
    at::Tensor output = at::empty_like(input);
    const bool single = input.scalar_type() == at::kFloat;
    at::parallel_for(0, input.size(0), grain(heads * half * 2), [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; ++row) {
            const int64_t start = row * heads * half * 2;
            if (single) {
                rope_f32(floats(input) + start, floats(cos) + row * half, floats(sin) + row * half,
                    static_cast<float*>(output.data_ptr()) + start, heads, half, static_cast<float>(scale));
            } else {
                rope_bf16(bits(input) + start, bits(cos) + row * half, bits(sin) + row * half,
                    static_cast<uint16_t*>(output.data_ptr()) + start, heads, half, static_cast<float>(scale));
            }
        }
    });
    return output;
}

}  // namespace fovea
