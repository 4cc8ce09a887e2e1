// Which matrix products a CPU does well, and a way round the others.
#pragma once

#include "common.h"

namespace fovea {

// Whether oneDNN multiplies bf16 matrices on this CPU (it asks for AVX-512). Elsewhere libtorch
// falls back to a scalar loop, some fifty times slower than fp32.
bool has_fast_bf16();

// Whether products of this tensor are better done in fp32 and rounded once at the end.
inline bool is_widened(const at::Tensor& tensor) {
    return tensor.device().is_cpu() &&
           (tensor.scalar_type() == at::kHalf || (tensor.scalar_type() == at::kBFloat16 && !has_fast_bf16()));
}

// Calls product(operands...), in fp32 where the first operand asks for it; undefined operands stay so.
template <typename Product, typename... Operands>
at::Tensor widen(Product&& product, const at::Tensor& first, const Operands&... others) {
    if (!is_widened(first)) {
        return product(first, others...);
    }
    const auto wide = [](const at::Tensor& operand) { return operand.defined() ? operand.to(at::kFloat) : operand; };
    return product(wide(first), wide(others)...).to(first.scalar_type());
}

// The same for products into memory that the caller has.
template <typename Product, typename... Operands>
void widen_out(Product&& product, at::Tensor& out, const at::Tensor& first, const Operands&... others) {
    if (!is_widened(first)) {
        product(out, first, others...);
        return;
    }
    auto wide = at::empty({0}, out.options().dtype(at::kFloat));
    product(wide, first.to(at::kFloat), others.to(at::kFloat)...);
    out.resize_(wide.sizes()).copy_(wide);
}

}  // namespace fovea
