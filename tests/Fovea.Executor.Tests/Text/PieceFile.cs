using System.Buffers.Binary;
using System.Text;
using Fovea.Executor.Text.SentencePiece;

namespace Fovea.Executor.Tests.Text;

/// <summary>Writes a tokenizer.model for tests.</summary>
internal sealed class PieceFile
{
    private readonly List<byte> _bytes = [];

    /// <summary>Starts with the pieces every model has.</summary>
    public static PieceFile WithMarks() => new PieceFile().Add("<unk>", 0, PieceKind.Unknown).Add("<s>", 0, PieceKind.Control).Add("</s>", 0, PieceKind.Control);

    /// <summary>Appends a piece.</summary>
    public PieceFile Add(string content, float score, PieceKind kind = PieceKind.Normal)
    {
        var message = new List<byte>();
        Write(message, 1, Encoding.UTF8.GetBytes(content));
        message.Add((2 << 3) | 5);
        var number = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, score);
        message.AddRange(number);
        Write(message, 3, (ulong)kind);
        Write(_bytes, 1, [.. message]);
        return this;
    }

    /// <summary>Appends the 256 bytes' pieces.</summary>
    public PieceFile AddBytes()
    {
        for (var value = 0; value < 256; value++)
        {
            Add($"<0x{value:X2}>", 0, PieceKind.Byte);
        }

        return this;
    }

    /// <summary>Appends the trainer's facts.</summary>
    public PieceFile Trainer(bool isBpe, bool byteFallback = false, bool suffix = false)
    {
        var message = new List<byte>();
        Write(message, 3, isBpe ? 2UL : 1UL);
        Write(message, 24, suffix ? 1UL : 0UL);
        Write(message, 35, byteFallback ? 1UL : 0UL);
        Write(_bytes, 2, [.. message]);
        return this;
    }

    /// <summary>Appends the rules of rewriting.</summary>
    public PieceFile Normalizer(bool prefix, bool squeeze, byte[]? map = null)
    {
        var message = new List<byte>();
        Write(message, 2, map ?? []);
        Write(message, 3, prefix ? 1UL : 0UL);
        Write(message, 4, squeeze ? 1UL : 0UL);
        Write(_bytes, 3, [.. message]);
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray() => [.. _bytes];

    private static void Write(List<byte> target, int field, byte[] content)
    {
        WriteVarint(target, (ulong)((field << 3) | 2));
        WriteVarint(target, (ulong)content.Length);
        target.AddRange(content);
    }

    private static void Write(List<byte> target, int field, ulong value)
    {
        WriteVarint(target, (ulong)(field << 3));
        WriteVarint(target, value);
    }

    private static void WriteVarint(List<byte> target, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target.Add((byte)(value | 0x80));
        }

        target.Add((byte)value);
    }
}
