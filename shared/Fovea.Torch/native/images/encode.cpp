// Writing PNG.
#include "images.h"

FOVEA_API int32_t fi_encode_png(const uint8_t* rgb, int32_t width, int32_t height, void** encoded, int64_t* length) {
    if (const auto started = fovea::start(); started != fovea::kOk) {
        return started;
    }
    const auto size = static_cast<size_t>(width) * static_cast<size_t>(height) * 3;
    auto* image = vips_image_new_from_memory(rgb, size, width, height, 3, VIPS_FORMAT_UCHAR);
    auto status = fovea::kOk;
    if (image == nullptr) {
        status = fovea::fail(fovea::kCorrupt);
    } else {
        size_t written = 0;
        image->Type = VIPS_INTERPRETATION_sRGB;
        if (vips_pngsave_buffer(image, encoded, &written, "strip", TRUE, nullptr) != 0) {
            status = fovea::fail(fovea::kCorrupt);
        }
        *length = static_cast<int64_t>(written);
        g_object_unref(image);
    }
    fovea::finish();
    return status;
}

FOVEA_API void fi_free(void* encoded) { g_free(encoded); }
