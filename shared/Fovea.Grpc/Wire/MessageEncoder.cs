using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>Makes framed messages: prefix, then payload, compressed where asked. Holds one message at a time.</summary>
internal sealed class MessageEncoder : SerializationContext
{
    private readonly int? _maxMessageSize;
    private readonly PooledBuffer _plain = new();
    private PooledBuffer? _compressed;
    private bool _completed;

    /// <summary>Makes an encoder.</summary>
    /// <param name="maxMessageSize">The most bytes a payload may have before compression, or null.</param>
    public MessageEncoder(int? maxMessageSize)
    {
        _maxMessageSize = maxMessageSize;
    }

    /// <summary>The algorithm of this call, or null.</summary>
    public ICompressionProvider? Compression { get; set; }

    /// <summary>The level for the algorithm, or null for its own.</summary>
    public CompressionLevel? CompressionLevel { get; set; }

    /// <summary>Encodes a message; the result is valid until <see cref="Release"/>, which the caller owes.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED past the size limit; INTERNAL when the serializer fails.</exception>
    public ReadOnlyMemory<byte> Encode<T>(T message, Action<T, SerializationContext> serializer, WriteFlags flags)
    {
        Release();
        try
        {
            serializer(message, this);
            if (!_completed)
            {
                throw new InvalidOperationException("The serializer did not complete its context.");
            }
        }
        catch (Exception ex) when (ex is not RpcException)
        {
            Release();
            throw new RpcException(new Status(StatusCode.Internal, "The message could not be serialised: " + ex.Message, ex));
        }

        // Nothing compressed is nothing, which some peers do not take for a compressed stream.
        var plain = Compression is null || flags.HasFlag(WriteFlags.NoCompress) || _plain.Length == GrpcHeaders.PrefixLength;
        return plain ? Frame(_plain, 0) : Frame(Compress(Compression!), 1);
    }

    /// <summary>Gives back the memory of the last message.</summary>
    public void Release()
    {
        _plain.Release();
        _compressed?.Release();
        _completed = false;
    }

    /// <summary>Forgets the last message without giving back its memory, which somebody may still be reading.</summary>
    public void Abandon()
    {
        _plain.Abandon();
        _compressed?.Abandon();
        _completed = false;
    }

    /// <inheritdoc/>
    public override void SetPayloadLength(int payloadLength)
    {
        CheckSize(payloadLength);
        BeginPayload();
        _plain.Reserve(payloadLength);
    }

    /// <inheritdoc/>
    public override IBufferWriter<byte> GetBufferWriter()
    {
        BeginPayload();
        return _plain;
    }

    /// <inheritdoc/>
    public override void Complete(byte[] payload)
    {
        CheckSize(payload.Length);
        BeginPayload();
        _plain.Write(payload);
        _completed = true;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        BeginPayload();
        CheckSize(_plain.Length - GrpcHeaders.PrefixLength);
        _completed = true;
    }

    private static ReadOnlyMemory<byte> Frame(PooledBuffer buffer, byte flag)
    {
        var span = buffer.WrittenSpan;
        span[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)(span.Length - GrpcHeaders.PrefixLength));
        return buffer.WrittenMemory;
    }

    private void BeginPayload()
    {
        if (_plain.Length == 0)
        {
            _plain.GetSpan(GrpcHeaders.PrefixLength);
            _plain.Advance(GrpcHeaders.PrefixLength);
        }
    }

    private PooledBuffer Compress(ICompressionProvider provider)
    {
        var target = _compressed ??= new PooledBuffer();
        target.GetSpan(GrpcHeaders.PrefixLength);
        target.Advance(GrpcHeaders.PrefixLength);
        using (var stream = provider.CreateCompressionStream(new BufferWriterStream(target), CompressionLevel))
        {
            stream.Write(_plain.WrittenSpan[GrpcHeaders.PrefixLength..]);
        }

        return target;
    }

    private void CheckSize(int length)
    {
        if (length > _maxMessageSize)
        {
            Release();
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"The message to send has {length} bytes, more than the {_maxMessageSize} that MaxSendMessageSize allows."));
        }
    }
}
