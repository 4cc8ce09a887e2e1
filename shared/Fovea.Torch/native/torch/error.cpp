// The thread-local error message, and the count of handles that were given out.
#include "common.h"

#include <atomic>
#include <exception>
#include <string>

namespace {

thread_local std::string last_error;

std::atomic<int64_t> live{0};
std::atomic<int64_t> peak{0};
std::atomic<int64_t> created{0};

}  // namespace

namespace fovea {

Handle own(at::Tensor&& tensor) {
    auto* handle = new at::Tensor(std::move(tensor));
    created.fetch_add(1, std::memory_order_relaxed);
    const auto now = live.fetch_add(1, std::memory_order_relaxed) + 1;
    auto seen = peak.load(std::memory_order_relaxed);
    while (now > seen && !peak.compare_exchange_weak(seen, now, std::memory_order_relaxed)) {
    }
    return handle;
}

void remember() noexcept {
    try {
        throw;
    } catch (const c10::Error& error) {
        last_error = error.what_without_backtrace();
    } catch (const std::exception& error) {
        last_error = error.what();
    } catch (...) {
        last_error = "The native library raised something that is not an exception.";
    }
}

}  // namespace fovea

FOVEA_API const char* ft_last_error() { return last_error.c_str(); }

FOVEA_API void ft_free(at::Tensor* self) {
    if (self != nullptr) {
        delete self;
        live.fetch_sub(1, std::memory_order_relaxed);
    }
}

FOVEA_API int64_t ft_live_count() { return live.load(std::memory_order_relaxed); }

FOVEA_API int64_t ft_peak_count() { return peak.load(std::memory_order_relaxed); }

FOVEA_API int64_t ft_created_count() { return created.load(std::memory_order_relaxed); }

FOVEA_API void ft_reset_peak() { peak.store(live.load(std::memory_order_relaxed), std::memory_order_relaxed); }
