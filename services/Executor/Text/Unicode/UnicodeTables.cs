using System.IO.Compression;

namespace Fovea.Executor.Text.Unicode;

/// <summary>Decompositions, compositions and combining classes, unpacked from <see cref="UnicodeData"/>; immutable.</summary>
/// <remarks>The runtime is built without culture data, where <c>string.Normalize</c> leaves everything but ASCII as it is.</remarks>
internal sealed class UnicodeTables
{
    private readonly Dictionary<int, int[]> _classes;
    private readonly Dictionary<int, int[]> _canonical;
    private readonly Dictionary<int, int[]> _compatible;
    private readonly Dictionary<(int First, int Second), int> _compositions;

    private UnicodeTables()
    {
        using var packed = new MemoryStream(Convert.FromBase64String(UnicodeData.Packed));
        using var stream = new DeflateStream(packed, CompressionMode.Decompress);
        using var reader = new BinaryReader(stream);
        _classes = ReadTable(reader);
        _canonical = ReadTable(reader);
        _compatible = ReadTable(reader);
        _compositions = ReadTable(reader).ToDictionary(static row => (row.Value[0], row.Value[1]), static row => row.Key);
    }

    /// <summary>The tables, unpacked at first use.</summary>
    public static UnicodeTables Instance { get; } = new();

    /// <summary>The canonical combining class.</summary>
    public int ClassOf(int character) => _classes.TryGetValue(character, out var values) ? values[0] : 0;

    /// <summary>The full decomposition of a character other than a Hangul syllable, or null when it is its own.</summary>
    public int[]? DecompositionOf(int character, bool compatible) =>
        (compatible ? _compatible.GetValueOrDefault(character) : null) ?? _canonical.GetValueOrDefault(character);

    /// <summary>The primary composite of two characters other than Hangul, or -1.</summary>
    public int Compose(int first, int second) => _compositions.GetValueOrDefault((first, second), -1);

    private static Dictionary<int, int[]> ReadTable(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        var table = new Dictionary<int, int[]>(count);
        var character = 0;
        for (var row = 0; row < count; row++)
        {
            character += reader.Read7BitEncodedInt();
            var values = new int[reader.Read7BitEncodedInt()];
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = reader.Read7BitEncodedInt();
            }

            table.Add(character, values);
        }

        return table;
    }
}
