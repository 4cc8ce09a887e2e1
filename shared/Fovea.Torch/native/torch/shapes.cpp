// Views and rearrangements.
#include "common.h"

using fovea::Handle;

namespace {

// Gives the pieces out, or nothing at all when one of them cannot be made.
int32_t give(const std::vector<at::Tensor>& pieces, Handle* out, int32_t capacity) {
    TORCH_CHECK(static_cast<int64_t>(pieces.size()) <= capacity, "expected at most ", capacity, " pieces, found ", pieces.size());
    for (size_t i = 0; i < pieces.size(); ++i) {
        out[i] = fovea::own(at::Tensor(pieces[i]));
    }
    return static_cast<int32_t>(pieces.size());
}

}  // namespace

FOVEA_API Handle ft_view(Handle self, const int64_t* size, int32_t rank) {
    return fovea::tensor([&] { return self->view(fovea::ints(size, rank)); });
}

FOVEA_API Handle ft_reshape(Handle self, const int64_t* size, int32_t rank) {
    return fovea::tensor([&] { return self->reshape(fovea::ints(size, rank)); });
}

FOVEA_API Handle ft_expand(Handle self, const int64_t* size, int32_t rank) {
    return fovea::tensor([&] { return self->expand(fovea::ints(size, rank)); });
}

FOVEA_API Handle ft_permute(Handle self, const int64_t* dims, int32_t count) {
    return fovea::tensor([&] { return self->permute(fovea::ints(dims, count)); });
}

FOVEA_API Handle ft_flip(Handle self, const int64_t* dims, int32_t count) {
    return fovea::tensor([&] { return self->flip(fovea::ints(dims, count)); });
}

FOVEA_API Handle ft_repeat(Handle self, const int64_t* repeats, int32_t count) {
    return fovea::tensor([&] { return self->repeat(fovea::ints(repeats, count)); });
}

FOVEA_API Handle ft_transpose(Handle self, int64_t dim0, int64_t dim1) {
    return fovea::tensor([&] { return self->transpose(dim0, dim1); });
}

FOVEA_API Handle ft_unsqueeze(Handle self, int64_t dim) {
    return fovea::tensor([&] { return self->unsqueeze(dim); });
}

FOVEA_API Handle ft_squeeze(Handle self, int64_t dim) {
    return fovea::tensor([&] { return self->squeeze(dim); });
}

FOVEA_API Handle ft_squeeze_all(Handle self) {
    return fovea::tensor([&] { return self->squeeze(); });
}

FOVEA_API Handle ft_flatten(Handle self, int64_t start_dim, int64_t end_dim) {
    return fovea::tensor([&] { return self->flatten(start_dim, end_dim); });
}

FOVEA_API Handle ft_narrow(Handle self, int64_t dim, int64_t start, int64_t length) {
    return fovea::tensor([&] { return self->narrow(dim, start, length); });
}

FOVEA_API Handle ft_slice(Handle self, int64_t dim, int64_t start, int64_t end, int64_t step) {
    return fovea::tensor([&] { return self->slice(dim, start, end, step); });
}

FOVEA_API Handle ft_select(Handle self, int64_t dim, int64_t index) {
    return fovea::tensor([&] { return self->select(dim, index); });
}

FOVEA_API Handle ft_cat(const Handle* tensors, int32_t count, int64_t dim) {
    return fovea::tensor([&] { return at::cat(fovea::list(tensors, count), dim); });
}

FOVEA_API Handle ft_stack(const Handle* tensors, int32_t count, int64_t dim) {
    return fovea::tensor([&] { return at::stack(fovea::list(tensors, count), dim); });
}

FOVEA_API int32_t ft_split(Handle self, const int64_t* sizes, int32_t count, int64_t dim, Handle* out) {
    int32_t given = -1;
    fovea::status([&] { given = give(self->split_with_sizes(fovea::ints(sizes, count), dim), out, count); });
    return given;
}

FOVEA_API int32_t ft_chunk(Handle self, int64_t chunks, int64_t dim, Handle* out) {
    int32_t given = -1;
    fovea::status([&] { given = give(self->chunk(chunks, dim), out, static_cast<int32_t>(chunks)); });
    return given;
}

FOVEA_API Handle ft_repeat_interleave(Handle self, int64_t repeats, int64_t dim) {
    return fovea::tensor([&] { return self->repeat_interleave(repeats, dim); });
}

FOVEA_API Handle ft_repeat_interleave_each(Handle self, Handle repeats, int64_t dim) {
    return fovea::tensor([&] { return self->repeat_interleave(*repeats, dim); });
}

FOVEA_API Handle ft_triu(Handle self, int64_t diagonal) {
    return fovea::tensor([&] { return self->triu(diagonal); });
}

FOVEA_API Handle ft_tril(Handle self, int64_t diagonal) {
    return fovea::tensor([&] { return self->tril(diagonal); });
}
