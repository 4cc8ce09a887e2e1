using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>A deserialization context over the bytes of one message where they lie; used again for the next message.</summary>
internal sealed class MessagePayload : DeserializationContext
{
    private ReadOnlySequence<byte> _payload;

    /// <inheritdoc/>
    public override int PayloadLength => (int)_payload.Length;

    /// <summary>Takes the bytes of the next message.</summary>
    public void Set(ReadOnlySequence<byte> payload) => _payload = payload;

    /// <inheritdoc/>
    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    /// <inheritdoc/>
    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;
}
