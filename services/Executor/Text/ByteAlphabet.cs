using System.Runtime.InteropServices;
using System.Text;

namespace Fovea.Executor.Text;

/// <summary>
/// GPT-2's way of writing bytes as visible characters: printable Latin-1 stands for itself, the rest follows from U+0100 on.
/// </summary>
internal static class ByteAlphabet
{
    private const int FirstExtra = 0x100;
    private const int None = -1;

    private static readonly char[] ToCharacter = BuildCharacters();
    private static readonly short[] ToByte = BuildBytes();

    /// <summary>The character of every byte of the text's UTF-8.</summary>
    public static string Encode(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        return string.Create(length, text, static (output, input) =>
        {
            // The bytes are written into the second half of the output's own memory, so that widening in place overtakes none of them.
            var bytes = MemoryMarshal.AsBytes(output)[output.Length..];
            Encoding.UTF8.GetBytes(input, bytes);
            for (var index = 0; index < output.Length; index++)
            {
                output[index] = ToCharacter[bytes[index]];
            }
        });
    }

    /// <summary>Appends the bytes that a token's characters stand for, or, when one stands for none, the token's own UTF-8.</summary>
    public static void Decode(string token, List<byte> output)
    {
        var before = output.Count;
        foreach (var character in token)
        {
            var value = character < ToByte.Length ? ToByte[character] : None;
            if (value == None)
            {
                output.RemoveRange(before, output.Count - before);
                output.AddRange(Encoding.UTF8.GetBytes(token));
                return;
            }

            output.Add((byte)value);
        }
    }

    private static char[] BuildCharacters()
    {
        var table = new char[byte.MaxValue + 1];
        var extra = FirstExtra;
        for (var value = 0; value < table.Length; value++)
        {
            var visible = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            table[value] = (char)(visible ? value : extra++);
        }

        return table;
    }

    private static short[] BuildBytes()
    {
        var table = new short[BuildCharacters().Max() + 1];
        Array.Fill(table, (short)None);
        var characters = BuildCharacters();
        for (var value = 0; value < characters.Length; value++)
        {
            table[characters[value]] = (short)value;
        }

        return table;
    }
}
