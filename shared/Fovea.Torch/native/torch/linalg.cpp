// Matrix products, also into memory that the caller already has.
#include "common.h"

#include <string>

using fovea::Handle;

FOVEA_API Handle ft_matmul(Handle self, Handle other) {
    return fovea::tensor([&] { return self->matmul(*other); });
}

FOVEA_API Handle ft_mm(Handle self, Handle other) {
    return fovea::tensor([&] { return self->mm(*other); });
}

FOVEA_API Handle ft_bmm(Handle self, Handle other) {
    return fovea::tensor([&] { return self->bmm(*other); });
}

FOVEA_API Handle ft_addmm(Handle self, Handle mat1, Handle mat2, double beta, double alpha) {
    return fovea::tensor([&] { return self->addmm(*mat1, *mat2, beta, alpha); });
}

FOVEA_API Handle ft_baddbmm(Handle self, Handle batch1, Handle batch2, double beta, double alpha) {
    return fovea::tensor([&] { return self->baddbmm(*batch1, *batch2, beta, alpha); });
}

FOVEA_API int32_t ft_matmul_out(Handle out, Handle self, Handle other) {
    return fovea::status([&] { at::matmul_out(*out, *self, *other); });
}

FOVEA_API int32_t ft_bmm_out(Handle out, Handle self, Handle other) {
    return fovea::status([&] { at::bmm_out(*out, *self, *other); });
}

FOVEA_API Handle ft_einsum(const char* equation, const Handle* tensors, int32_t count) {
    return fovea::tensor([&] { return at::einsum(std::string(equation), fovea::list(tensors, count)); });
}
