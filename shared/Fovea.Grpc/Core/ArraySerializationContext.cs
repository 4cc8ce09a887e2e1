using System.Buffers;

namespace Grpc.Core;

/// <summary>A serialization context that ends in one array of its own.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private ArrayBufferWriter<byte>? _writer;
    private byte[]? _payload;

    /// <inheritdoc/>
    public override void Complete(byte[] payload) => _payload = payload;

    /// <inheritdoc/>
    public override IBufferWriter<byte> GetBufferWriter() => _writer ??= new ArrayBufferWriter<byte>();

    /// <inheritdoc/>
    public override void SetPayloadLength(int payloadLength) => _writer ??= new ArrayBufferWriter<byte>(Math.Max(1, payloadLength));

    /// <inheritdoc/>
    public override void Complete() => _payload = _writer is null ? [] : _writer.WrittenSpan.ToArray();

    /// <summary>The completed payload.</summary>
    /// <exception cref="InvalidOperationException">The serializer did not complete its context.</exception>
    public byte[] ToArray() => _payload ?? throw new InvalidOperationException("The serializer did not complete its context.");
}
