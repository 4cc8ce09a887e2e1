using System.Buffers.Binary;
using System.Text.Json;

namespace Fovea.Torch.Tests.Images;

/// <summary>Reads the picture fixtures and the pixels that the reference made of them.</summary>
internal static class ImageFixtures
{
    internal static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    internal static (int Height, int Width, byte[] Pixels) Expected(string name)
    {
        var folder = Path.GetDirectoryName(name) ?? "";
        var file = File.ReadAllBytes(PathOf(Path.Combine(folder, "decoded.uint8.safetensors")));
        var headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        var entry = header.RootElement.GetProperty(Path.GetFileName(name));
        var shape = entry.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()).ToArray();
        var start = 8 + headerLength + entry.GetProperty("data_offsets")[0].GetInt32();
        var samples = file.AsSpan(start, shape[0] * shape[1] * shape[2]).ToArray();
        return shape[2] == 3 && shape[0] != 3 ? (shape[0], shape[1], samples) : (shape[1], shape[2], Interleave(samples, shape[1] * shape[2]));
    }

    private static byte[] Interleave(byte[] planes, int pixels)
    {
        var samples = new byte[planes.Length];
        for (var i = 0; i < planes.Length; i++)
        {
            samples[((i % pixels) * 3) + (i / pixels)] = planes[i];
        }

        return samples;
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", "images", name);
}
