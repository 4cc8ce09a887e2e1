using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>The compression algorithms that one side offers, by their names on the wire.</summary>
internal sealed class CompressionSet
{
    private readonly Dictionary<string, ICompressionProvider> _providers = new(StringComparer.Ordinal);

    /// <summary>Takes these providers, or gzip alone when there are none given.</summary>
    public CompressionSet(IEnumerable<ICompressionProvider>? providers)
    {
        foreach (var provider in providers ?? [new GzipCompressionProvider(CompressionLevel.Fastest)])
        {
            _providers[provider.EncodingName] = provider;
        }

        AcceptEncoding = string.Join(',', _providers.Keys.Prepend(GrpcHeaders.Identity));
    }

    /// <summary>The value of <c>grpc-accept-encoding</c>.</summary>
    public string AcceptEncoding { get; }

    /// <summary>Finds the provider of an algorithm; identity has none and is found.</summary>
    /// <returns>False when the algorithm is not offered.</returns>
    public bool TryFind(string? encoding, out ICompressionProvider? provider)
    {
        provider = null;
        return string.IsNullOrEmpty(encoding) || encoding == GrpcHeaders.Identity || _providers.TryGetValue(encoding, out provider);
    }
}
