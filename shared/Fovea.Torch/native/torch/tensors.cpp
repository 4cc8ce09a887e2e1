// Making tensors, asking about them, and moving their data.
#include "common.h"

#include <algorithm>

using fovea::Handle;

FOVEA_API Handle ft_empty(const int64_t* size, int32_t rank, int32_t dtype, int32_t device_type, int32_t device_index) {
    return fovea::tensor([&] { return at::empty(fovea::ints(size, rank), fovea::options(dtype, device_type, device_index)); });
}

FOVEA_API Handle ft_zeros(const int64_t* size, int32_t rank, int32_t dtype, int32_t device_type, int32_t device_index) {
    return fovea::tensor([&] { return at::zeros(fovea::ints(size, rank), fovea::options(dtype, device_type, device_index)); });
}

FOVEA_API Handle ft_randn(const int64_t* size, int32_t rank, int32_t dtype, int32_t device_type, int32_t device_index) {
    return fovea::tensor([&] { return at::randn(fovea::ints(size, rank), fovea::options(dtype, device_type, device_index)); });
}

FOVEA_API Handle ft_arange(int64_t start, int64_t end, int64_t step, int32_t dtype, int32_t device_type, int32_t device_index) {
    return fovea::tensor([&] { return at::arange(start, end, step, fovea::options(dtype, device_type, device_index)); });
}

FOVEA_API Handle ft_from_blob(void* data, const int64_t* size, int32_t rank, int32_t dtype, void (*release)(void*), void* context) {
    return fovea::tensor([&] {
        return at::from_blob(
            data, fovea::ints(size, rank), [release, context](void*) { release(context); },
            at::TensorOptions().dtype(fovea::scalar_type(dtype)));
    });
}

FOVEA_API int64_t ft_dim(Handle self) { return self->dim(); }

FOVEA_API int64_t ft_numel(Handle self) { return self->numel(); }

FOVEA_API int32_t ft_dtype(Handle self) { return static_cast<int32_t>(self->scalar_type()); }

FOVEA_API int64_t ft_element_size(Handle self) { return self->element_size(); }

FOVEA_API int32_t ft_device_type(Handle self) { return static_cast<int32_t>(self->device().type()); }

FOVEA_API int32_t ft_device_index(Handle self) { return static_cast<int32_t>(self->device().index()); }

FOVEA_API int32_t ft_is_contiguous(Handle self) { return self->is_contiguous() ? 1 : 0; }

FOVEA_API void* ft_data_ptr(Handle self) {
    try {
        return self->data_ptr();
    } catch (...) {
        fovea::remember();
        return nullptr;
    }
}

FOVEA_API void ft_sizes(Handle self, int64_t* sizes) {
    const auto from = self->sizes();
    std::copy(from.begin(), from.end(), sizes);
}

FOVEA_API void ft_strides(Handle self, int64_t* strides) {
    const auto from = self->strides();
    std::copy(from.begin(), from.end(), strides);
}

FOVEA_API Handle ft_alias(Handle self) {
    return fovea::tensor([&] { return *self; });
}

FOVEA_API Handle ft_to(Handle self, int32_t dtype, int32_t device_type, int32_t device_index, int32_t non_blocking) {
    return fovea::tensor([&] { return self->to(fovea::device(device_type, device_index), fovea::scalar_type(dtype), non_blocking != 0); });
}

FOVEA_API Handle ft_to_dtype(Handle self, int32_t dtype) {
    return fovea::tensor([&] { return self->to(fovea::scalar_type(dtype)); });
}

FOVEA_API Handle ft_clone(Handle self) {
    return fovea::tensor([&] { return self->clone(); });
}

FOVEA_API Handle ft_contiguous(Handle self) {
    return fovea::tensor([&] { return self->contiguous(); });
}

FOVEA_API int32_t ft_copy_(Handle self, Handle source, int32_t non_blocking) {
    return fovea::status([&] { self->copy_(*source, non_blocking != 0); });
}

FOVEA_API int32_t ft_fill_double_(Handle self, double value) {
    return fovea::status([&] { self->fill_(value); });
}

FOVEA_API int32_t ft_fill_long_(Handle self, int64_t value) {
    return fovea::status([&] { self->fill_(value); });
}

FOVEA_API int32_t ft_zero_(Handle self) {
    return fovea::status([&] { self->zero_(); });
}

FOVEA_API int32_t ft_item_double(Handle self, double* value) {
    return fovea::status([&] { *value = self->item().toDouble(); });
}

FOVEA_API int32_t ft_item_long(Handle self, int64_t* value) {
    return fovea::status([&] { *value = self->item().toLong(); });
}
