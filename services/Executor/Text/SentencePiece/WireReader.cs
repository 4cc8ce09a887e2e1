namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Reads the fields of one protobuf message from its bytes; never past their end.</summary>
internal ref struct WireReader
{
    private const int MaxVarintBytes = 10;

    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads <paramref name="message"/>.</summary>
    public WireReader(ReadOnlySpan<byte> message)
    {
        _rest = message;
        IsBroken = false;
        Field = 0;
        Varint = 0;
        Bytes = default;
    }

    /// <summary>Whether the bytes were no message; the fields before that were read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its value when it is a number.</summary>
    public ulong Varint { get; private set; }

    /// <summary>Its bytes when it is a string, a message, or of fixed length; else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Its value as a truth value.</summary>
    public readonly bool Flag => Varint != 0;

    /// <summary>Reads the next field; false at the end and when the bytes are broken.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty || IsBroken)
        {
            return false;
        }

        var ok = TryVarint(out var tag) && tag >> 3 is > 0 and <= int.MaxValue;
        Field = (int)(tag >> 3);
        Bytes = default;
        Varint = 0;
        ok = ok && (tag & 7) switch
        {
            0 => TakeVarint(),
            1 => Take(8),
            2 => TryVarint(out var length) && length <= int.MaxValue && Take((int)length),
            5 => Take(4),
            _ => false,
        };
        IsBroken = !ok;
        return ok;
    }

    private bool TakeVarint()
    {
        var ok = TryVarint(out var value);
        Varint = value;
        return ok;
    }

    private bool Take(int length)
    {
        if (length > _rest.Length)
        {
            return false;
        }

        Bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var index = 0; index < _rest.Length && index < MaxVarintBytes; index++)
        {
            value |= (ulong)(_rest[index] & 0x7F) << (7 * index);
            if (_rest[index] < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
