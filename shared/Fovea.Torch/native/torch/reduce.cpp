// Reductions, order and normalising. A dtype of -1 means: as the input.
#include "common.h"

#include <tuple>

using fovea::Handle;

namespace {

int32_t pair(std::tuple<at::Tensor, at::Tensor>&& results, Handle* first, Handle* second) {
    *first = fovea::own(std::move(std::get<0>(results)));
    *second = fovea::own(std::move(std::get<1>(results)));
    return 0;
}

}  // namespace

FOVEA_API Handle ft_sum(Handle self, const int64_t* dims, int32_t count, int32_t keepdim, int32_t dtype) {
    return fovea::tensor([&] {
        const auto over = fovea::ints(dims, count);
        return dtype < 0 ? self->sum(over, keepdim != 0) : self->sum(over, keepdim != 0, fovea::scalar_type(dtype));
    });
}

FOVEA_API Handle ft_mean(Handle self, const int64_t* dims, int32_t count, int32_t keepdim, int32_t dtype) {
    return fovea::tensor([&] {
        const auto over = fovea::ints(dims, count);
        return dtype < 0 ? self->mean(over, keepdim != 0) : self->mean(over, keepdim != 0, fovea::scalar_type(dtype));
    });
}

FOVEA_API Handle ft_var(Handle self, const int64_t* dims, int32_t count, int32_t unbiased, int32_t keepdim) {
    return fovea::tensor([&] { return self->var(fovea::ints(dims, count), unbiased != 0, keepdim != 0); });
}

FOVEA_API Handle ft_logsumexp(Handle self, int64_t dim, int32_t keepdim) {
    return fovea::tensor([&] { return self->logsumexp({dim}, keepdim != 0); });
}

FOVEA_API Handle ft_max_all(Handle self) {
    return fovea::tensor([&] { return self->max(); });
}

FOVEA_API Handle ft_min_all(Handle self) {
    return fovea::tensor([&] { return self->min(); });
}

FOVEA_API int32_t ft_max(Handle self, int64_t dim, int32_t keepdim, Handle* values, Handle* indices) {
    return fovea::status([&] { pair(self->max(dim, keepdim != 0), values, indices); });
}

FOVEA_API int32_t ft_min(Handle self, int64_t dim, int32_t keepdim, Handle* values, Handle* indices) {
    return fovea::status([&] { pair(self->min(dim, keepdim != 0), values, indices); });
}

FOVEA_API Handle ft_amax(Handle self, int64_t dim, int32_t keepdim) {
    return fovea::tensor([&] { return self->amax({dim}, keepdim != 0); });
}

FOVEA_API Handle ft_argmax(Handle self, int64_t dim, int32_t keepdim) {
    return fovea::tensor([&] { return self->argmax(dim, keepdim != 0); });
}

FOVEA_API Handle ft_argmin(Handle self, int64_t dim, int32_t keepdim) {
    return fovea::tensor([&] { return self->argmin(dim, keepdim != 0); });
}

FOVEA_API Handle ft_any_all(Handle self) {
    return fovea::tensor([&] { return self->any(); });
}

FOVEA_API Handle ft_all_all(Handle self) {
    return fovea::tensor([&] { return self->all(); });
}

FOVEA_API Handle ft_any(Handle self, int64_t dim, int32_t keepdim) {
    return fovea::tensor([&] { return self->any(dim, keepdim != 0); });
}

FOVEA_API Handle ft_all(Handle self, int64_t dim, int32_t keepdim) {
    return fovea::tensor([&] { return self->all(dim, keepdim != 0); });
}

FOVEA_API int32_t ft_topk(Handle self, int64_t k, int64_t dim, int32_t largest, int32_t sorted, Handle* values, Handle* indices) {
    return fovea::status([&] { pair(self->topk(k, dim, largest != 0, sorted != 0), values, indices); });
}

FOVEA_API int32_t ft_sort(Handle self, int64_t dim, int32_t descending, Handle* values, Handle* indices) {
    return fovea::status([&] { pair(at::sort(*self, true, dim, descending != 0), values, indices); });
}

FOVEA_API Handle ft_argsort(Handle self, int64_t dim, int32_t descending) {
    return fovea::tensor([&] { return std::get<1>(at::sort(*self, true, dim, descending != 0)); });
}

FOVEA_API Handle ft_cumsum(Handle self, int64_t dim) {
    return fovea::tensor([&] { return self->cumsum(dim); });
}

FOVEA_API Handle ft_softmax(Handle self, int64_t dim, int32_t dtype) {
    return fovea::tensor([&] { return dtype < 0 ? self->softmax(dim) : self->softmax(dim, fovea::scalar_type(dtype)); });
}

FOVEA_API Handle ft_log_softmax(Handle self, int64_t dim, int32_t dtype) {
    return fovea::tensor([&] { return dtype < 0 ? self->log_softmax(dim) : self->log_softmax(dim, fovea::scalar_type(dtype)); });
}
