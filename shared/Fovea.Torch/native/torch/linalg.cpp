// Matrix products, also into memory that the caller already has.
#include "precision.h"

#include <string>

using at::Tensor;
using fovea::Handle;

FOVEA_API Handle ft_matmul(Handle self, Handle other) {
    return fovea::tensor([&] {
        return fovea::widen([](const Tensor& a, const Tensor& b) { return a.matmul(b); }, *self, *other);
    });
}

FOVEA_API Handle ft_mm(Handle self, Handle other) {
    return fovea::tensor([&] {
        return fovea::widen([](const Tensor& a, const Tensor& b) { return a.mm(b); }, *self, *other);
    });
}

FOVEA_API Handle ft_bmm(Handle self, Handle other) {
    return fovea::tensor([&] {
        return fovea::widen([](const Tensor& a, const Tensor& b) { return a.bmm(b); }, *self, *other);
    });
}

FOVEA_API Handle ft_addmm(Handle self, Handle mat1, Handle mat2, double beta, double alpha) {
    return fovea::tensor([&] {
        return fovea::widen(
            [=](const Tensor& start, const Tensor& a, const Tensor& b) { return start.addmm(a, b, beta, alpha); }, *self, *mat1, *mat2);
    });
}

FOVEA_API Handle ft_baddbmm(Handle self, Handle batch1, Handle batch2, double beta, double alpha) {
    return fovea::tensor([&] {
        return fovea::widen(
            [=](const Tensor& start, const Tensor& a, const Tensor& b) {
                // libtorch 1.13 multiplies the start by a beta of 0 for small matrices, so a NaN there spoils the product.
                return beta == 0 ? a.bmm(b).mul_(alpha) : start.baddbmm(a, b, beta, alpha);
            },
            *self, *batch1, *batch2);
    });
}

FOVEA_API int32_t ft_matmul_out(Handle out, Handle self, Handle other) {
    return fovea::status([&] {
        fovea::widen_out([](Tensor& to, const Tensor& a, const Tensor& b) { at::matmul_out(to, a, b); }, *out, *self, *other);
    });
}

FOVEA_API int32_t ft_bmm_out(Handle out, Handle self, Handle other) {
    return fovea::status([&] {
        fovea::widen_out([](Tensor& to, const Tensor& a, const Tensor& b) { at::bmm_out(to, a, b); }, *out, *self, *other);
    });
}

FOVEA_API Handle ft_einsum(const char* equation, const Handle* tensors, int32_t count) {
    return fovea::tensor([&] { return at::einsum(std::string(equation), fovea::list(tensors, count)); });
}
