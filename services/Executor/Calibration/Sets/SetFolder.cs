using System.Security.Cryptography;
using Fovea.Contracts.Calibration;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Executor.Calibration.Sets;

/// <summary>Writes and reads the folder of a set: <c>questions.pb</c> (a SetQuestions message) and one file for each image.</summary>
internal static class SetFolder
{
    private const string QuestionsFile = "questions.pb";

    /// <summary>Writes the questions, through to the disk.</summary>
    public static void WriteQuestions(string folder, SetQuestions questions) => WriteThrough(Path.Combine(folder, QuestionsFile), questions.ToByteArray());

    /// <summary>Writes an image under its index, through to the disk.</summary>
    public static void WriteImage(string folder, int index, ReadOnlySpan<byte> bytes) =>
        WriteThrough(Path.Combine(folder, StoredSet.FileOf(index)), bytes);

    /// <summary>Reads a folder and checks it against the digest that it should have.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static StoredSet Read(string folder, string digest)
    {
        var questions = Parse(File.ReadAllBytes(Path.Combine(folder, QuestionsFile)));
        var bytes = (long)questions.CalculateSize();
        var indices = QuestionSetDigest.ImageKeys(questions.Questions).Select((key, index) => (key, index))
            .ToDictionary(image => image.key, image => image.index, StringComparer.Ordinal);
        var actual = QuestionSetDigest.OfHashes(questions.Questions, key =>
        {
            using var image = File.OpenRead(Path.Combine(folder, StoredSet.FileOf(indices[key])));
            bytes += image.Length;
            return SHA256.HashData(image);
        });
        return actual == digest
            ? new StoredSet(digest, folder, questions, bytes)
            : throw new InvalidDataException($"its content has digest {actual}");
    }

    private static SetQuestions Parse(byte[] bytes)
    {
        try
        {
            return SetQuestions.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"{QuestionsFile} cannot be read: {e.Message}", e);
        }
    }

    private static void WriteThrough(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
