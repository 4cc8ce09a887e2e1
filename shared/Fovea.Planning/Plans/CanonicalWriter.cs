using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Fovea.Planning.Plans;

/// <summary>Writes the same bytes for the same values on every machine.</summary>
/// <remarks>
/// A tag string and an int32 version come first. Integers are 4 bytes, little-endian; doubles their 8 IEEE 754 bytes,
/// little-endian, with -0 as 0; unsigned 64-bit integers 8 bytes, little-endian; strings an int32 of their UTF-8 length and then the bytes.
/// </remarks>
internal sealed class CanonicalWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    /// <summary>Starts with the tag and version of the layout.</summary>
    public CanonicalWriter(string tag, int version)
    {
        Write(tag);
        Write(version);
    }

    /// <summary>Writes an integer.</summary>
    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    /// <summary>Writes an unsigned 64-bit integer.</summary>
    public void Write(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(sizeof(ulong)), value);
        _buffer.Advance(sizeof(ulong));
    }

    /// <summary>Writes a floating-point number.</summary>
    public void Write(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(sizeof(double)), value == 0 ? 0.0 : value);
        _buffer.Advance(sizeof(double));
    }

    /// <summary>Writes a string.</summary>
    public void Write(string value)
    {
        Write(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _buffer);
    }

    /// <summary>Returns everything written.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    /// <summary>Returns everything written, valid as long as the writer.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.WrittenSpan;
}
