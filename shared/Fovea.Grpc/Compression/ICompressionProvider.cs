using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses and decompresses messages with one algorithm.</summary>
public interface ICompressionProvider
{
    /// <summary>The algorithm's name on the wire.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses what is written to it into another stream, which it leaves open.</summary>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that decompresses what it reads from another stream, which it leaves open.</summary>
    Stream CreateDecompressionStream(Stream stream);
}
