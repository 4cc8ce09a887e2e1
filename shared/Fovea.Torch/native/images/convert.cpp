// From any pixel layout to upright RGB8, with the arithmetic that Pillow's convert("RGB") uses.
#include "images.h"

namespace {

struct Rgb {
    uint8_t red, green, blue;
};

// Exact rounding of a * b / 255.
inline int scaled(int a, int b) {
    const auto product = a * b + 128;
    return ((product >> 8) + product) >> 8;
}

inline uint8_t clipped(int value) { return static_cast<uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value); }

// Ink of 255 is full; libvips has already undone the inversion that Adobe writes.
inline Rgb from_cmyk(const uint8_t* ink) {
    const auto white = 255 - ink[3];
    return {
        clipped(white - scaled(ink[0], white)),
        clipped(white - scaled(ink[1], white)),
        clipped(white - scaled(ink[2], white))};
}

// Keeps the high byte of 16 bits, but clips 16-bit gray without alpha, as Pillow does.
// A fourth or second band is alpha and is dropped.
template <typename Sample>
inline Rgb from_samples(const Sample* samples, int32_t bands) {
    constexpr int shift = sizeof(Sample) == 2 ? 8 : 0;
    if (shift != 0 && bands == 1) {
        const auto gray = clipped(samples[0]);
        return {gray, gray, gray};
    }
    const auto red = static_cast<uint8_t>(samples[0] >> shift);
    if (bands < 3) {
        return {red, red, red};
    }
    return {red, static_cast<uint8_t>(samples[1] >> shift), static_cast<uint8_t>(samples[2] >> shift)};
}

inline Rgb pixel_at(const fovea::Raster& raster, int64_t index) {
    const auto offset = index * raster.bands;
    if (raster.wide) {
        return from_samples(static_cast<const uint16_t*>(raster.pixels) + offset, raster.bands);
    }
    const auto* samples = static_cast<const uint8_t*>(raster.pixels) + offset;
    return raster.cmyk && raster.bands >= 4 ? from_cmyk(samples) : from_samples(samples, raster.bands);
}

// Where a stored pixel lies in the upright picture, by its EXIF orientation (1 to 8).
struct Walk {
    int64_t origin, across, down;
};

Walk walk_of(int32_t orientation, int64_t width, int64_t height) {
    switch (orientation) {
        case 2: return {width - 1, -1, width};
        case 3: return {width * height - 1, -1, -width};
        case 4: return {width * (height - 1), 1, -width};
        case 5: return {0, height, 1};
        case 6: return {height - 1, height, -1};
        case 7: return {width * height - 1, -height, -1};
        case 8: return {height * (width - 1), -height, 1};
        default: return {0, 1, width};
    }
}

}  // namespace

namespace fovea {

void convert(const Raster& raster, int32_t orientation, uint8_t* rgb) {
    const auto walk = walk_of(orientation, raster.width, raster.height);
    int64_t index = 0;
    for (int32_t y = 0; y < raster.height; ++y) {
        auto target = walk.origin + y * walk.down;
        for (int32_t x = 0; x < raster.width; ++x, ++index, target += walk.across) {
            const auto pixel = pixel_at(raster, index);
            auto* out = rgb + target * 3;
            out[0] = pixel.red;
            out[1] = pixel.green;
            out[2] = pixel.blue;
        }
    }
}

}  // namespace fovea
