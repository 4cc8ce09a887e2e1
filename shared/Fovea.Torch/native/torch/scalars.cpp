// Arithmetic with a scalar, and in place. Scalars come as double or as a 64-bit integer:
// a double would promote an integer tensor to floating point.
#include "common.h"

using fovea::Handle;

#define FOVEA_SCALAR(name)                                             \
    FOVEA_API Handle ft_##name##_double(Handle self, double other) {   \
        return fovea::tensor([&] { return self->name(other); });       \
    }                                                                  \
    FOVEA_API Handle ft_##name##_long(Handle self, int64_t other) {    \
        return fovea::tensor([&] { return self->name(other); });       \
    }

#define FOVEA_IN_PLACE(name)                                           \
    FOVEA_API int32_t ft_##name(Handle self, Handle other) {           \
        return fovea::status([&] { self->name(*other); });             \
    }                                                                  \
    FOVEA_API int32_t ft_##name##_double(Handle self, double other) {  \
        return fovea::status([&] { self->name(other); });              \
    }                                                                  \
    FOVEA_API int32_t ft_##name##_long(Handle self, int64_t other) {   \
        return fovea::status([&] { self->name(other); });              \
    }

FOVEA_SCALAR(add)
FOVEA_SCALAR(sub)
FOVEA_SCALAR(mul)
FOVEA_SCALAR(div)
FOVEA_SCALAR(pow)
FOVEA_SCALAR(remainder)
FOVEA_SCALAR(eq)
FOVEA_SCALAR(ne)
FOVEA_SCALAR(lt)
FOVEA_SCALAR(le)
FOVEA_SCALAR(gt)
FOVEA_SCALAR(ge)
FOVEA_SCALAR(clamp_min)
FOVEA_SCALAR(clamp_max)

FOVEA_IN_PLACE(add_)
FOVEA_IN_PLACE(sub_)
FOVEA_IN_PLACE(mul_)
FOVEA_IN_PLACE(div_)

FOVEA_API Handle ft_add_scaled(Handle self, Handle other, double alpha) {
    return fovea::tensor([&] { return self->add(*other, alpha); });
}

FOVEA_API int32_t ft_add_scaled_(Handle self, Handle other, double alpha) {
    return fovea::status([&] { self->add_(*other, alpha); });
}

FOVEA_API Handle ft_floor_divide(Handle self, int64_t other) {
    return fovea::tensor([&] { return self->floor_divide(other); });
}

FOVEA_API Handle ft_clamp_double(Handle self, double min, double max) {
    return fovea::tensor([&] { return self->clamp(at::Scalar(min), at::Scalar(max)); });
}

FOVEA_API Handle ft_clamp_long(Handle self, int64_t min, int64_t max) {
    return fovea::tensor([&] { return self->clamp(at::Scalar(min), at::Scalar(max)); });
}
