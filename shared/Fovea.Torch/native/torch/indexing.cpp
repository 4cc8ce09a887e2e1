// Selecting and writing by index or mask.
#include "common.h"

#include <ATen/TensorIndexing.h>

using fovea::Handle;

namespace {

// A null handle stands for the whole dimension.
std::vector<at::indexing::TensorIndex> indices_of(const Handle* handles, int32_t count) {
    std::vector<at::indexing::TensorIndex> indices;
    indices.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; ++i) {
        if (handles[i] == nullptr) {
            indices.emplace_back(at::indexing::Slice());
        } else {
            indices.emplace_back(*handles[i]);
        }
    }
    return indices;
}

}  // namespace

FOVEA_API Handle ft_index_select(Handle self, int64_t dim, Handle index) {
    return fovea::tensor([&] { return self->index_select(dim, *index); });
}

FOVEA_API int32_t ft_index_select_out(Handle out, Handle self, int64_t dim, Handle index) {
    return fovea::status([&] { at::index_select_out(*out, *self, dim, *index); });
}

FOVEA_API Handle ft_gather(Handle self, int64_t dim, Handle index) {
    return fovea::tensor([&] { return self->gather(dim, *index); });
}

FOVEA_API int32_t ft_scatter_(Handle self, int64_t dim, Handle index, Handle source) {
    return fovea::status([&] { self->scatter_(dim, *index, *source); });
}

FOVEA_API int32_t ft_index_copy_(Handle self, int64_t dim, Handle index, Handle source) {
    return fovea::status([&] { self->index_copy_(dim, *index, *source); });
}

FOVEA_API int32_t ft_index_fill_(Handle self, int64_t dim, Handle index, double value) {
    return fovea::status([&] { self->index_fill_(dim, *index, value); });
}

FOVEA_API Handle ft_index(Handle self, const Handle* indices, int32_t count) {
    return fovea::tensor([&] { return self->index(indices_of(indices, count)); });
}

FOVEA_API int32_t ft_index_put_(Handle self, const Handle* indices, int32_t count, Handle values) {
    return fovea::status([&] { self->index_put_(indices_of(indices, count), *values); });
}

FOVEA_API Handle ft_masked_fill(Handle self, Handle mask, double value) {
    return fovea::tensor([&] { return self->masked_fill(*mask, value); });
}

FOVEA_API int32_t ft_masked_fill_(Handle self, Handle mask, double value) {
    return fovea::status([&] { self->masked_fill_(*mask, value); });
}

FOVEA_API Handle ft_masked_select(Handle self, Handle mask) {
    return fovea::tensor([&] { return self->masked_select(*mask); });
}

FOVEA_API int32_t ft_masked_scatter_(Handle self, Handle mask, Handle source) {
    return fovea::status([&] { self->masked_scatter_(*mask, *source); });
}

FOVEA_API Handle ft_nonzero(Handle self) {
    return fovea::tensor([&] { return self->nonzero(); });
}
