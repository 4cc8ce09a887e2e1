// Drawing SVG as PNG. Only for text that this product wrote itself, never for files from strangers.
#include "images.h"

#include <mutex>

namespace {

// Decoding stays closed to SVG: it names its loaders (decode.cpp), so opening this one changes nothing there.
void open_loader() {
    static std::once_flag once;
    std::call_once(once, [] { vips_operation_block_set("VipsForeignLoadSvg", FALSE); });
}

fovea::Status encode(VipsImage* drawn, void** encoded, int64_t* length) {
    VipsImage* flat = nullptr;
    auto* white = vips_array_double_newv(3, 255.0, 255.0, 255.0);
    const auto failed = vips_flatten(drawn, &flat, "background", white, nullptr) != 0;
    vips_area_unref(VIPS_AREA(white));
    if (failed) {
        return fovea::fail(fovea::kCorrupt);
    }
    size_t written = 0;
    const auto saved = vips_pngsave_buffer(flat, encoded, &written, "strip", TRUE, nullptr);
    g_object_unref(flat);
    *length = static_cast<int64_t>(written);
    return saved == 0 ? fovea::kOk : fovea::fail(fovea::kCorrupt);
}

}  // namespace

FOVEA_API int32_t fi_render_svg(
    const uint8_t* svg, int64_t length, double scale, int64_t most_pixels, void** encoded, int64_t* encoded_length) {
    if (const auto started = fovea::start(); started != fovea::kOk) {
        return started;
    }
    open_loader();
    VipsImage* drawn = nullptr;
    auto status = fovea::kOk;
    if (vips_svgload_buffer(const_cast<uint8_t*>(svg), static_cast<size_t>(length), &drawn, "scale", scale, nullptr) != 0) {
        status = fovea::fail(fovea::kCorrupt);
    } else if (static_cast<int64_t>(vips_image_get_width(drawn)) * vips_image_get_height(drawn) > most_pixels) {
        status = fovea::fail(fovea::kBufferTooSmall, "The drawing has more pixels than are allowed.");
    } else {
        status = encode(drawn, encoded, encoded_length);
    }
    if (drawn != nullptr) {
        g_object_unref(drawn);
    }
    fovea::finish();
    return status;
}
