// Row kernels for the CPU that replace chains of elementwise operations by one pass over memory.
// Arithmetic is in fp32; results are rounded to the type once, or where the reference rounds.
#pragma once

#include <ATen/ATen.h>

namespace fovea {

// Whether a kernel of this file takes the tensor: on the CPU, contiguous, fp32 or bf16.
bool fusable(const at::Tensor& tensor);

// [..., C] and [C]: x / sqrt(mean(x^2) + eps), rounded to the type, times the weight.
at::Tensor rms_norm_rows(const at::Tensor& input, const at::Tensor& weight, double eps);

// [S, H, D] and [S, 1, D/2] twice: half-split rotation of each head by its row's angles, times scale.
at::Tensor rope_rows(const at::Tensor& input, const at::Tensor& cos, const at::Tensor& sin, double scale);

}  // namespace fovea
