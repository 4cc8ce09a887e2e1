// Element-wise arithmetic, comparison and logic of one or two tensors.
#include "common.h"

using fovea::Handle;

#define FOVEA_UNARY(name)                                              \
    FOVEA_API Handle ft_##name(Handle self) {                          \
        return fovea::tensor([&] { return self->name(); });            \
    }

#define FOVEA_UNARY_IN_PLACE(name)                                     \
    FOVEA_API int32_t ft_##name(Handle self) {                         \
        return fovea::status([&] { self->name(); });                   \
    }

#define FOVEA_BINARY(name)                                             \
    FOVEA_API Handle ft_##name(Handle self, Handle other) {            \
        return fovea::tensor([&] { return self->name(*other); });      \
    }

FOVEA_UNARY(neg)
FOVEA_UNARY(sqrt)
FOVEA_UNARY(rsqrt)
FOVEA_UNARY(exp)
FOVEA_UNARY(log)
FOVEA_UNARY(sin)
FOVEA_UNARY(cos)
FOVEA_UNARY(tanh)
FOVEA_UNARY(sigmoid)
FOVEA_UNARY(abs)
FOVEA_UNARY(floor)
FOVEA_UNARY(round)
FOVEA_UNARY(square)
FOVEA_UNARY(isnan)
FOVEA_UNARY(logical_not)
FOVEA_UNARY_IN_PLACE(neg_)
FOVEA_UNARY_IN_PLACE(exp_)
FOVEA_UNARY_IN_PLACE(sqrt_)
FOVEA_UNARY_IN_PLACE(rsqrt_)
FOVEA_UNARY_IN_PLACE(sigmoid_)

FOVEA_BINARY(add)
FOVEA_BINARY(sub)
FOVEA_BINARY(mul)
FOVEA_BINARY(div)
FOVEA_BINARY(pow)
FOVEA_BINARY(maximum)
FOVEA_BINARY(minimum)
FOVEA_BINARY(eq)
FOVEA_BINARY(ne)
FOVEA_BINARY(lt)
FOVEA_BINARY(le)
FOVEA_BINARY(gt)
FOVEA_BINARY(ge)
FOVEA_BINARY(logical_and)
FOVEA_BINARY(logical_or)

FOVEA_API Handle ft_where(Handle condition, Handle self, Handle other) {
    return fovea::tensor([&] { return at::where(*condition, *self, *other); });
}

FOVEA_API int32_t ft_equal(Handle self, Handle other, int32_t* result) {
    return fovea::status([&] { *result = self->equal(*other) ? 1 : 0; });
}

FOVEA_API int32_t ft_allclose(Handle self, Handle other, double rtol, double atol, int32_t* result) {
    return fovea::status([&] { *result = self->allclose(*other, rtol, atol) ? 1 : 0; });
}
