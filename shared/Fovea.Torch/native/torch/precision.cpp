// What this CPU multiplies well.
#include "precision.h"

namespace fovea {

bool has_fast_bf16() {
#if defined(__x86_64__)
    static const bool fast = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                             __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    return fast;
#else
    return false;
#endif
}

}  // namespace fovea

FOVEA_API int32_t ft_has_fast_bf16() { return fovea::has_fast_bf16() ? 1 : 0; }
