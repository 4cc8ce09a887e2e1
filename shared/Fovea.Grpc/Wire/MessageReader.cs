using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>Reads framed messages from a pipe, never holding more of one than the size limit allows.</summary>
internal sealed class MessageReader
{
    /// <summary>A claimed length is believed only this far ahead of the bytes that came.</summary>
    private const int LargestStep = 1 << 20;

    private readonly PipeReader _pipe;
    private readonly int? _maxMessageSize;
    private readonly ICompressionProvider? _compression;
    private readonly MessagePayload _payload = new();

    /// <summary>Makes a reader.</summary>
    /// <param name="pipe">The bytes of the other side.</param>
    /// <param name="maxMessageSize">The most bytes that a payload may have, on the wire and decompressed, or null.</param>
    /// <param name="compression">The algorithm that the other side announced, or null for none.</param>
    public MessageReader(PipeReader pipe, int? maxMessageSize, ICompressionProvider? compression)
    {
        _pipe = pipe;
        _maxMessageSize = maxMessageSize;
        _compression = compression;
    }

    /// <summary>Reads the next message; null at the end of the stream.</summary>
    /// <exception cref="RpcException">INTERNAL for a malformed message, RESOURCE_EXHAUSTED for one past the limit.</exception>
    /// <exception cref="OperationCanceledException">The read was cancelled.</exception>
    public async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        var needed = GrpcHeaders.PrefixLength;
        long available = 0;
        while (true)
        {
            var result = await FillAsync(needed, available, cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            available = buffer.Length;
            if (result.IsCanceled)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            if (TryTake(buffer, deserializer, ref needed, out var message))
            {
                return message;
            }

            if (result.IsCompleted)
            {
                _pipe.AdvanceTo(buffer.End);
                return available == 0 ? null : throw Malformed("The stream ended in the middle of a message.");
            }

            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Gives back the pipe's memory; no read may be running.</summary>
    public void Complete() => _pipe.Complete();

    private static RpcException Malformed(string detail, Exception? cause = null) => new(new Status(StatusCode.Internal, detail, cause));

    private ValueTask<ReadResult> FillAsync(int needed, long available, CancellationToken cancellationToken) =>
        needed == GrpcHeaders.PrefixLength
            ? _pipe.ReadAsync(cancellationToken)
            : _pipe.ReadAtLeastAsync((int)Math.Min(needed, available + LargestStep), cancellationToken);

    private bool TryTake<T>(ReadOnlySequence<byte> buffer, Func<DeserializationContext, T> deserializer, ref int needed, out T? message)
        where T : class
    {
        message = null;
        if (buffer.Length < GrpcHeaders.PrefixLength)
        {
            return false;
        }

        var consumed = buffer.End;
        try
        {
            var (compressed, length) = ParsePrefix(buffer);
            needed = GrpcHeaders.PrefixLength + length;
            if (buffer.Length < needed)
            {
                consumed = buffer.Start;
                return false;
            }

            var payload = buffer.Slice(GrpcHeaders.PrefixLength, length);
            message = compressed ? Decompress(payload, deserializer) : Deserialize(payload, deserializer);
            consumed = payload.End;
            return true;
        }
        finally
        {
            if (!consumed.Equals(buffer.Start) || buffer.IsEmpty)
            {
                _pipe.AdvanceTo(consumed);
            }
        }
    }

    private (bool Compressed, int Length) ParsePrefix(ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[GrpcHeaders.PrefixLength];
        buffer.Slice(0, GrpcHeaders.PrefixLength).CopyTo(prefix);
        if (prefix[0] > 1)
        {
            throw Malformed($"The compression flag is {prefix[0]}, neither 0 nor 1.");
        }

        if (prefix[0] == 1 && _compression is null)
        {
            throw Malformed("A message is flagged as compressed but grpc-encoding names no algorithm.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        var limit = Math.Min(_maxMessageSize ?? int.MaxValue, Array.MaxLength - GrpcHeaders.PrefixLength);
        return length <= limit ? (prefix[0] == 1, (int)length) : throw TooLarge($"has {length} bytes", limit);
    }

    private T Decompress<T>(ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
    {
        var plain = new PooledBuffer();
        try
        {
            Inflate(payload, plain);
            return Deserialize(new ReadOnlySequence<byte>(plain.WrittenMemory), deserializer);
        }
        finally
        {
            plain.Release();
        }
    }

    private void Inflate(ReadOnlySequence<byte> payload, PooledBuffer plain)
    {
        var limit = _maxMessageSize ?? int.MaxValue;
        try
        {
            using var stream = _compression!.CreateDecompressionStream(new SequenceStream(payload));
            int read;
            while ((read = stream.Read(plain.GetSpan(Math.Clamp((int)payload.Length, 256, LargestStep)))) > 0)
            {
                plain.Advance(read);
                if (plain.Length > limit)
                {
                    throw TooLarge($"decompresses to more than {limit} bytes", limit);
                }
            }
        }
        catch (Exception ex) when (ex is not RpcException)
        {
            throw Malformed("A message could not be decompressed.", ex);
        }
    }

    private RpcException TooLarge(string what, int limit) => new(new Status(
        StatusCode.ResourceExhausted, $"The received message {what}, more than the {limit} that MaxReceiveMessageSize allows."));

    private T Deserialize<T>(ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
    {
        try
        {
            _payload.Set(payload);
            return deserializer(_payload);
        }
        catch (Exception ex) when (ex is not RpcException)
        {
            throw Malformed("A message could not be parsed.", ex);
        }
        finally
        {
            _payload.Set(default);
        }
    }
}
