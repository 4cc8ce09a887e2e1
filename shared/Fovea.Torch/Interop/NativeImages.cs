using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

/// <summary>Declares the C functions of libfovea_images; a status of 0 is success.</summary>
internal static partial class NativeImages
{
    private const string Library = NativeLoader.ImagesLibrary;

    /// <summary>Reads the header of an image without decoding it.</summary>
    [LibraryImport(Library)]
    internal static partial int fi_probe(ReadOnlySpan<byte> data, long length, out NativeImageHeader header);

    /// <summary>Decodes to upright RGB8.</summary>
    [LibraryImport(Library)]
    internal static partial int fi_decode(ReadOnlySpan<byte> data, long length, Span<byte> rgb, long capacity);

    /// <summary>Encodes RGB8 as PNG into memory that <see cref="fi_free"/> releases.</summary>
    [LibraryImport(Library)]
    internal static partial int fi_encode_png(ReadOnlySpan<byte> rgb, int width, int height, out nint encoded, out long length);

    /// <summary>Draws SVG on white as PNG into memory that <see cref="fi_free"/> releases.</summary>
    [LibraryImport(Library)]
    internal static partial int fi_render_svg(
        ReadOnlySpan<byte> svg, long length, double scale, long mostPixels, out nint encoded, out long encodedLength);

    /// <summary>Releases encoded bytes.</summary>
    [LibraryImport(Library)]
    internal static partial void fi_free(nint encoded);

    /// <summary>Points to the message of the last failing call of this thread.</summary>
    [LibraryImport(Library)]
    internal static partial nint fi_last_error();

    /// <summary>Points to the version of libvips.</summary>
    [LibraryImport(Library)]
    internal static partial nint fi_version();

    /// <summary>Counts the pixel bytes that libvips has not given back.</summary>
    [LibraryImport(Library)]
    internal static partial long fi_tracked_bytes();
}
