// Start of libvips and the thread-local error message.
#include "images.h"

#include <mutex>
#include <string>

namespace {

thread_local std::string last_error;

bool start_vips() {
    if (VIPS_INIT("fovea") != 0) {
        return false;
    }
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set("VipsForeignLoadPng", FALSE);
    vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
    vips_operation_block_set("VipsForeignLoadWebp", FALSE);
    return true;
}

}  // namespace

namespace fovea {

Status start() {
    static std::once_flag once;
    static bool started = false;
    std::call_once(once, [] { started = start_vips(); });
    return started ? kOk : fail(kUnavailable);
}

Status fail(Status status, const char* message) {
    last_error = message != nullptr ? message : vips_error_buffer();
    vips_error_clear();
    while (!last_error.empty() && last_error.back() == '\n') {
        last_error.pop_back();
    }
    if (last_error.empty()) {
        last_error = "The decoder gave no reason.";
    }
    return status;
}

void finish() { vips_thread_shutdown(); }

}  // namespace fovea

FOVEA_API const char* fi_last_error() { return last_error.c_str(); }

FOVEA_API const char* fi_version() { return vips_version_string(); }

// Bytes and files that libvips has not given back; for tests of leaks.
FOVEA_API int64_t fi_tracked_bytes() { return static_cast<int64_t>(vips_tracked_get_mem()); }
