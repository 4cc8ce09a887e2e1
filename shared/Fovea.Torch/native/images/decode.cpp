// Reading PNG, JPEG and WebP: the header alone, or the pixels.
#include "images.h"

#include <cstring>

namespace {

// The loader is named, not guessed, so that no other decoder ever sees the bytes.
VipsImage* open(fovea::Format format, const uint8_t* data, size_t length) {
    auto* bytes = const_cast<uint8_t*>(data);
    VipsImage* image = nullptr;
    switch (format) {
        case fovea::kPng:
            vips_pngload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, nullptr);
            break;
        case fovea::kJpeg:
            vips_jpegload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, nullptr);
            break;
        case fovea::kWebp:
            vips_webpload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, nullptr);
            break;
        default:
            break;
    }
    return image;
}

fovea::Header header_of(fovea::Format format, VipsImage* image) {
    const auto orientation = vips_image_get_orientation(image);
    const auto turned = orientation >= 5 && orientation <= 8;
    const auto width = vips_image_get_width(image);
    const auto height = vips_image_get_height(image);
    return {
        format, turned ? height : width, turned ? width : height, vips_image_get_bands(image), vips_image_get_n_pages(image), orientation};
}

fovea::Status pixels_of(VipsImage* image, const fovea::Header& header, uint8_t* rgb) {
    const auto band_format = vips_image_get_format(image);
    if ((band_format != VIPS_FORMAT_UCHAR && band_format != VIPS_FORMAT_USHORT) || header.bands < 1 || header.bands > 5) {
        return fovea::fail(fovea::kCorrupt, "The image has a pixel layout that PNG, JPEG and WebP files do not have.");
    }
    size_t size = 0;
    auto* pixels = vips_image_write_to_memory(image, &size);
    if (pixels == nullptr) {
        return fovea::fail(fovea::kCorrupt);
    }
    const fovea::Raster raster{
        pixels,
        vips_image_get_width(image),
        vips_image_get_height(image),
        header.bands,
        band_format == VIPS_FORMAT_USHORT,
        vips_image_get_interpretation(image) == VIPS_INTERPRETATION_CMYK};
    fovea::convert(raster, header.orientation, rgb);
    g_free(pixels);
    return fovea::kOk;
}

template <typename Use>
fovea::Status with_image(const uint8_t* data, size_t length, Use&& use) {
    if (const auto started = fovea::start(); started != fovea::kOk) {
        return started;
    }
    const auto format = fovea::sniff(data, length);
    if (format == fovea::kUnknown) {
        return fovea::fail(fovea::kUnknownFormat, "The bytes are neither PNG, JPEG nor WebP.");
    }
    auto* image = open(format, data, length);
    const auto status = image == nullptr ? fovea::fail(fovea::kCorrupt) : use(format, image);
    if (image != nullptr) {
        g_object_unref(image);
    }
    fovea::finish();
    return status;
}

}  // namespace

namespace fovea {

Format sniff(const uint8_t* data, size_t length) {
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    if (length >= sizeof(png) && std::memcmp(data, png, sizeof(png)) == 0) {
        return kPng;
    }
    if (length >= 3 && data[0] == 0xFF && data[1] == 0xD8 && data[2] == 0xFF) {
        return kJpeg;
    }
    if (length >= 12 && std::memcmp(data, "RIFF", 4) == 0 && std::memcmp(data + 8, "WEBP", 4) == 0) {
        return kWebp;
    }
    return kUnknown;
}

}  // namespace fovea

FOVEA_API int32_t fi_probe(const uint8_t* data, int64_t length, fovea::Header* header) {
    return with_image(data, static_cast<size_t>(length), [&](fovea::Format format, VipsImage* image) {
        *header = header_of(format, image);
        return fovea::kOk;
    });
}

FOVEA_API int32_t fi_decode(const uint8_t* data, int64_t length, uint8_t* rgb, int64_t capacity) {
    return with_image(data, static_cast<size_t>(length), [&](fovea::Format format, VipsImage* image) {
        const auto header = header_of(format, image);
        if (static_cast<int64_t>(header.width) * header.height * 3 > capacity) {
            return fovea::fail(fovea::kBufferTooSmall, "The buffer is smaller than the image.");
        }
        return pixels_of(image, header, rgb);
    });
}
