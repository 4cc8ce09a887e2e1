using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Fovea.Contracts.V1;

namespace Fovea.Contracts.Calibration;

/// <summary>Names a question set by its content: equal questions and images have an equal digest everywhere.</summary>
/// <remarks>
/// SHA-256, lower-case hexadecimal, over these bytes; an integer is 4 bytes little-endian, a string the integer of its UTF-8 length
/// and then the bytes:
/// <code>
/// "fovea.question-set" 1 questions (image question answer type)*  images (key sha256(bytes))*
/// </code>
/// Questions stand in their order, images in the order in which questions first name them, each hash as its 32 bytes. The set's
/// name is not part of it.
/// </remarks>
public static class QuestionSetDigest
{
    private const string Tag = "fovea.question-set";
    private const int Version = 1;

    /// <summary>Returns the digest.</summary>
    /// <param name="questions">The questions in order.</param>
    /// <param name="image">Gives the bytes of the image of a key.</param>
    public static string Of(IReadOnlyCollection<SetQuestion> questions, Func<string, ReadOnlyMemory<byte>> image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OfHashes(questions, key => SHA256.HashData(image(key).Span));
    }

    /// <summary>Returns the digest of a set whose images are hashed already.</summary>
    /// <param name="questions">The questions in order.</param>
    /// <param name="imageHash">Gives the SHA-256 of the image of a key, 32 bytes.</param>
    public static string OfHashes(IReadOnlyCollection<SetQuestion> questions, Func<string, ReadOnlyMemory<byte>> imageHash)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(imageHash);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Write(hash, Tag);
        Write(hash, Version);
        Write(hash, questions.Count);
        foreach (var question in questions)
        {
            Write(hash, question.Image);
            Write(hash, question.Question);
            Write(hash, question.Answer);
            Write(hash, question.Type);
        }

        var keys = ImageKeys(questions);
        Write(hash, keys.Length);
        foreach (var key in keys)
        {
            Write(hash, key);
            hash.AppendData(imageHash(key).Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Returns the keys of all images, each once, in the order in which questions first name them.</summary>
    public static ImmutableArray<string> ImageKeys(IReadOnlyCollection<SetQuestion> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        return [.. questions.Select(question => question.Image).Distinct(StringComparer.Ordinal)];
    }

    private static void Write(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Write(IncrementalHash hash, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
