using System.Buffers.Binary;
using System.Text;

namespace Fovea.Executor.Tests.Text;

/// <summary>Writes a precompiled_charsmap for tests: a double array made by trying places one after another.</summary>
internal sealed class CharacterMapFile
{
    private readonly List<uint> _units = [0];
    private readonly HashSet<int> _used = [0];
    private readonly List<byte> _texts = [];

    /// <summary>The map's bytes for keys and what they become.</summary>
    public static byte[] Of(params (string Key, string Text)[] rules)
    {
        var file = new CharacterMapFile();
        var keys = new List<(byte[] Key, int Value)>();
        foreach (var (key, text) in rules)
        {
            keys.Add((Encoding.UTF8.GetBytes(key), file._texts.Count));
            file._texts.AddRange(Encoding.UTF8.GetBytes(text));
            file._texts.Add(0);
        }

        file.Place(0, 0, keys, 0);
        var bytes = new byte[4 + (file._units.Count * 4) + file._texts.Count];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, file._units.Count * 4);
        for (var index = 0; index < file._units.Count; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + (index * 4)), file._units[index]);
        }

        file._texts.CopyTo(bytes, 4 + (file._units.Count * 4));
        return bytes;
    }

    private void Place(int node, uint label, List<(byte[] Key, int Value)> keys, int depth)
    {
        var isLeaf = keys.Any(key => key.Key.Length == depth);
        var labels = keys.Where(key => key.Key.Length > depth).Select(key => key.Key[depth]).Distinct().ToList();
        int[] wanted = [.. labels.Select(value => (int)value), .. isLeaf ? new[] { 0 } : []];
        var offset = 1;
        while (wanted.Any(value => _used.Contains(node ^ offset ^ value)))
        {
            offset++;
        }

        foreach (var place in wanted.Select(value => node ^ offset ^ value))
        {
            _used.Add(place);
            while (_units.Count <= place)
            {
                _units.Add(0);
            }
        }

        _units[node] = label | (isLeaf ? 1u << 8 : 0) | ((uint)offset << 10);
        if (isLeaf)
        {
            _units[node ^ offset] = (1u << 31) | (uint)keys.First(key => key.Key.Length == depth).Value;
        }

        foreach (var value in labels)
        {
            Place(node ^ offset ^ value, value, [.. keys.Where(key => key.Key.Length > depth && key.Key[depth] == value)], depth + 1);
        }
    }
}
