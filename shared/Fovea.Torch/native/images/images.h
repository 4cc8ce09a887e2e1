// Decoding of untrusted images with libvips. Every function is safe to call from any thread.
#pragma once

#include <vips/vips.h>

#include <cstddef>
#include <cstdint>

#define FOVEA_API extern "C" __attribute__((visibility("default")))

namespace fovea {

// Values cross the C boundary; the managed side pins them by tests.
enum Status : int32_t {
    kOk = 0,
    kUnknownFormat = 1,
    kCorrupt = 2,
    kUnavailable = 3,
    kBufferTooSmall = 4,
};

enum Format : int32_t {
    kUnknown = 0,
    kPng = 1,
    kJpeg = 2,
    kWebp = 3,
};

// What the file's header says; width and height are after the orientation is applied.
struct Header {
    int32_t format;
    int32_t width;
    int32_t height;
    int32_t bands;
    int32_t pages;
    int32_t orientation;
};

// Pixels as libvips gives them, before conversion.
struct Raster {
    const void* pixels;
    int32_t width;
    int32_t height;
    int32_t bands;
    bool wide;  // 16 bits per band
    bool cmyk;
};

// Starts libvips once: one worker, no cache, no loader but the three used here.
Status start();

// Stores libvips' own message, or the given one, for fi_last_error().
Status fail(Status status, const char* message = nullptr);

// Lets go of what libvips keeps for the calling thread.
void finish();

Format sniff(const uint8_t* data, size_t length);

// Writes RGB8, upright, to a buffer of width * height * 3 bytes.
void convert(const Raster& raster, int32_t orientation, uint8_t* rgb);

}  // namespace fovea
