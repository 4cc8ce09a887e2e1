using System.Buffers;

namespace Grpc.Wire;

/// <summary>A growing buffer on arrays of the shared pool; after a release it can be used again.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int SmallestArray = 256;

    private byte[] _array = [];

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write or release.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, Length);

    /// <summary>What was written, to be changed in place.</summary>
    public Span<byte> WrittenSpan => _array.AsSpan(0, Length);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Length);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    /// <summary>Makes room for this many more bytes.</summary>
    public void Reserve(int count)
    {
        var needed = checked(Length + Math.Max(1, count));
        if (needed <= _array.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestArray, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _array.Length))));
        WrittenSpan.CopyTo(larger);
        Return();
        _array = larger;
    }

    /// <summary>Gives the array back and forgets what was written.</summary>
    public void Release()
    {
        Return();
        Abandon();
    }

    /// <summary>Forgets the array without giving it back; the garbage collector takes it.</summary>
    public void Abandon()
    {
        _array = [];
        Length = 0;
    }

    private void Return()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }
    }
}
