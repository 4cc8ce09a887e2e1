using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fovea.Executor.Runtime;

/// <summary>Names the revision of a checkpoint by its content, in a time that does not grow with the size of its tensors.</summary>
/// <remarks>
/// SHA-256 over, in this order, each part preceded by its length: the bytes of the configuration files that decide what is computed
/// (absent ones count as empty), then for every weight file by name the layout that its header gives, then for every tensor by name up to
/// <see cref="SampleBlocks"/> blocks of <see cref="BlockBytes"/> bytes, spread evenly from its first to its last byte (a tensor that is not
/// larger is read whole). A 7B model in half precision reads about 5 MB. File times, paths and the order of directory entries have no part.
/// Two files that differ only between the blocks share a digest: it names revisions, it does not authenticate them.
/// </remarks>
internal static class CheckpointDigest
{
    /// <summary>Bytes of one sampled block.</summary>
    public const int BlockBytes = 4096;

    /// <summary>Most blocks read of one tensor.</summary>
    public const int SampleBlocks = 4;

    private static readonly string[] ConfigNames = ["config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer.model"];

    // Hashed only where they are, so that checkpoints without them keep their digest.
    private static readonly string[] OptionalNames = ["vocab.json", "merges.txt", "added_tokens.json"];

    /// <summary>The digest of an open checkpoint: 64 lower-case hexadecimal digits.</summary>
    public static string Compute(CheckpointFiles checkpoint)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in ConfigNames)
        {
            var path = Path.Combine(checkpoint.Folder, name);
            Append(hash, File.Exists(path) ? File.ReadAllBytes(path) : []);
        }

        foreach (var path in OptionalNames.Select(name => Path.Combine(checkpoint.Folder, name)).Where(File.Exists))
        {
            Append(hash, File.ReadAllBytes(path));
        }

        foreach (var file in checkpoint.Files)
        {
            AppendFile(hash, file);
        }

        foreach (var entry in checkpoint.Tensors.Values.OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            AppendSamples(hash, entry);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendFile(IncrementalHash hash, SafetensorsFile file)
    {
        Append(hash, Encoding.UTF8.GetBytes(Path.GetFileName(file.Path)));
        foreach (var layout in file.Header.Tensors)
        {
            Append(hash, Encoding.UTF8.GetBytes($"{layout.Name}\n{layout.DType.Name()}\n{string.Join(',', layout.Shape)}\n{layout.Begin}\n{layout.End}"));
        }
    }

    private static unsafe void AppendSamples(IncrementalHash hash, TensorEntry entry)
    {
        var whole = entry.ByteCount <= (long)BlockBytes * SampleBlocks;
        var blocks = whole ? 1 : SampleBlocks;
        var length = whole ? (int)entry.ByteCount : BlockBytes;
        for (var block = 0; block < blocks; block++)
        {
            var offset = whole ? 0 : (long)((Int128)(entry.ByteCount - length) * block / (blocks - 1));
            Append(hash, new ReadOnlySpan<byte>((byte*)entry.Pointer + offset, length));
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
