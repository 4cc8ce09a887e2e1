// Layers. Composed operations keep the order and precision of the reference implementations.
#include "fused.h"
#include "precision.h"

#include <cmath>

using at::Tensor;
using fovea::Handle;

namespace {

// An absent tensor travels as a null handle and means an undefined tensor.
Tensor optional(Handle handle) { return handle == nullptr ? Tensor() : *handle; }

}  // namespace

FOVEA_API Handle ft_linear(Handle input, Handle weight, Handle bias) {
    return fovea::tensor([&] {
        return fovea::widen(
            [](const Tensor& x, const Tensor& w, const Tensor& b) { return b.defined() ? at::linear(x, w, b) : at::linear(x, w); },
            *input, *weight, optional(bias));
    });
}

FOVEA_API Handle ft_embedding(Handle weight, Handle indices) {
    return fovea::tensor([&] { return at::embedding(*weight, *indices); });
}

FOVEA_API Handle ft_layer_norm(Handle input, Handle weight, Handle bias, double eps) {
    return fovea::tensor([&] { return at::layer_norm(*input, {input->size(-1)}, optional(weight), optional(bias), eps); });
}

// Accumulates in fp32 and rounds to the input's dtype before the weight, as Llama does.
FOVEA_API Handle ft_rms_norm(Handle input, Handle weight, double eps) {
    return fovea::tensor([&] {
        if (fovea::fusable(*input) && fovea::fusable(*weight) && input->scalar_type() == weight->scalar_type()) {
            return fovea::rms_norm_rows(*input, *weight, eps);
        }
#if FOVEA_TORCH_AT_LEAST(2, 4)
        if (!input->device().is_cpu()) {
            return at::rms_norm(*input, {input->size(-1)}, *weight, eps);
        }
#endif
        const auto wide = input->to(at::kFloat);
        auto scale = wide.square().mean({-1}, true).add_(eps).rsqrt_();
        return wide.mul(scale).to(input->scalar_type()).mul_(*weight);
    });
}

// [S, H, D] turned by the angles [S, 1, D/2] of its rows in half-split form, times scale.
FOVEA_API Handle ft_rope(Handle input, Handle cos, Handle sin, double scale) {
    return fovea::tensor([&] {
        TORCH_CHECK(input->dim() == 3 && input->size(2) % 2 == 0, "rope: expected [S, H, D] with even D, got ", input->sizes());
        const auto half = input->size(2) / 2;
        TORCH_CHECK(cos->numel() == input->size(0) * half && sin->numel() == cos->numel(),
            "rope: angles ", cos->sizes(), " and ", sin->sizes(), " for rows ", input->sizes());
        const auto type = input->scalar_type();
        if (fovea::fusable(*input) && fovea::fusable(*cos) && fovea::fusable(*sin) && cos->scalar_type() == type && sin->scalar_type() == type) {
            return fovea::rope_rows(*input, *cos, *sin, scale);
        }
        const auto first = input->narrow(2, 0, half);
        const auto second = input->narrow(2, half, half);
        auto turned = at::cat({first.mul(*cos).sub_(second.mul(*sin)), second.mul(*cos).add_(first.mul(*sin))}, 2);
        return scale == 1.0 ? turned : turned.mul_(scale);
    });
}

FOVEA_API Handle ft_silu(Handle input) {
    return fovea::tensor([&] { return at::silu(*input); });
}

FOVEA_API int32_t ft_silu_(Handle input) {
    return fovea::status([&] { at::silu_(*input); });
}

// gate <- silu(gate) * up.
FOVEA_API int32_t ft_silu_mul_(Handle gate, Handle up) {
    return fovea::status([&] { at::silu_(*gate).mul_(*up); });
}

FOVEA_API Handle ft_gelu(Handle input, int32_t tanh) {
    return fovea::tensor([&] { return at::gelu(*input, tanh != 0 ? "tanh" : "none"); });
}

FOVEA_API Handle ft_quick_gelu(Handle input) {
    return fovea::tensor([&] { return input->mul(1.702).sigmoid_().mul_(*input); });
}

FOVEA_API Handle ft_relu(Handle input) {
    return fovea::tensor([&] { return at::relu(*input); });
}

FOVEA_API Handle ft_conv2d(Handle input, Handle weight, Handle bias, const int64_t* stride, const int64_t* padding) {
    return fovea::tensor([&] {
        return fovea::widen(
            [=](const Tensor& x, const Tensor& w, const Tensor& b) {
                return at::conv2d(x, w, b, fovea::ints(stride, 2), fovea::ints(padding, 2));
            },
            *input, *weight, optional(bias));
    });
}

FOVEA_API Handle ft_cross_entropy(Handle input, Handle target) {
    return fovea::tensor([&] { return at::cross_entropy_loss(*input, *target); });
}

FOVEA_API Handle ft_kl_div(Handle input, Handle target) {
    return fovea::tensor([&] { return at::kl_div(*input, *target, at::Reduction::Sum); });
}

FOVEA_API int32_t ft_has_sdpa() { return FOVEA_TORCH_AT_LEAST(2, 1) ? 1 : 0; }

// scale of 0 means 1/sqrt(D); grouped heads are expanded where libtorch cannot group them itself.
FOVEA_API Handle ft_sdpa(Handle query, Handle key, Handle value, Handle mask, int32_t causal, double scale) {
    return fovea::tensor([&]() -> at::Tensor {
#if FOVEA_TORCH_AT_LEAST(2, 1)
        const auto factor = scale != 0 ? scale : 1.0 / std::sqrt(static_cast<double>(query->size(-1)));
        const auto groups = query->size(-3) / key->size(-3);
        const auto keys = groups == 1 ? *key : key->repeat_interleave(groups, -3);
        const auto values = groups == 1 ? *value : value->repeat_interleave(groups, -3);
        return mask == nullptr ? at::scaled_dot_product_attention(*query, keys, values, {}, 0.0, causal != 0, factor)
                               : at::scaled_dot_product_attention(*query, keys, values, *mask, 0.0, causal != 0, factor);
#else
        TORCH_CHECK(false, "scaled_dot_product_attention needs libtorch 2.1 or newer; this library was built with ", TORCH_VERSION);
#endif
    });
}
