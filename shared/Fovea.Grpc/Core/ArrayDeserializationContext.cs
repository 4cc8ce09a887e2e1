using System.Buffers;

namespace Grpc.Core;

/// <summary>A deserialization context over one array.</summary>
internal sealed class ArrayDeserializationContext : DeserializationContext
{
    private readonly byte[] _payload;

    /// <summary>Reads this array.</summary>
    public ArrayDeserializationContext(byte[] payload)
    {
        _payload = payload;
    }

    /// <inheritdoc/>
    public override int PayloadLength => _payload.Length;

    /// <inheritdoc/>
    public override byte[] PayloadAsNewBuffer() => _payload.AsSpan().ToArray();

    /// <inheritdoc/>
    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(_payload);
}
