using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Tests.Vision;

/// <summary>Images of the reference data, decoded by the reference, so that only what comes after decoding is compared.</summary>
internal static class ReferencePixels
{
    /// <summary>Means 0 and deviations 1: values stay bytes.</summary>
    public static Normalization Bytes { get; } = new(1, [0, 0, 0], [1, 1, 1]);

    public static RgbPixels Decoded(string name)
    {
        using var file = SafetensorsFile.Open(FixtureFiles.PathOf("images", "decoded.uint8.safetensors"));
        var tensor = file.Tensors[name];
        var (height, width) = ((int)tensor.Shape[1], (int)tensor.Shape[2]);
        var data = new byte[3 * height * width];
        for (var index = 0; index < data.Length; index++)
        {
            data[index] = tensor.Bytes[(index % 3 * height * width) + (index / 3)];
        }

        return new RgbPixels(width, height, data);
    }

    /// <summary>Names of a table's images that are there decoded.</summary>
    public static TheoryData<string> NamesIn(string table)
    {
        using var decoded = SafetensorsFile.Open(FixtureFiles.PathOf("images", "decoded.uint8.safetensors"));
        using var file = SafetensorsFile.Open(FixtureFiles.PathOf("images", table));
        return [.. file.Tensors.Keys.Where(decoded.Tensors.ContainsKey).Order(StringComparer.Ordinal)];
    }

    /// <summary>Compares with a table of bytes, each one.</summary>
    public static void AssertBytes(string table, string name, PixelValues actual)
    {
        using var file = SafetensorsFile.Open(FixtureFiles.PathOf("images", table));
        var expected = file.Tensors[name];
        Assert.Equal(expected.Shape, actual.Shape.AsEnumerable());
        Assert.Equal(expected.Bytes.ToArray(), actual.Values.Select(value => (byte)value));
    }
}
