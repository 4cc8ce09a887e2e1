using System.Collections.Immutable;
using System.Globalization;
using Fovea.Contracts.Calibration;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Calibration.Sets;

/// <summary>A question set in its folder: questions in memory, images as files.</summary>
internal sealed class StoredSet
{
    private readonly ImmutableDictionary<string, string> _files;

    /// <summary>Describes a set.</summary>
    /// <param name="digest">Its digest.</param>
    /// <param name="folder">Where it is.</param>
    /// <param name="questions">Name and questions.</param>
    /// <param name="bytes">Bytes of questions and images.</param>
    public StoredSet(string digest, string folder, SetQuestions questions, long bytes)
    {
        Digest = digest;
        Folder = folder;
        Name = questions.Name;
        Questions = [.. questions.Questions];
        Bytes = bytes;
        Images = QuestionSetDigest.ImageKeys(Questions);
        _files = Images.Select((key, index) => (key, index))
            .ToImmutableDictionary(image => image.key, image => Path.Combine(folder, FileOf(image.index)), StringComparer.Ordinal);
    }

    /// <summary>Its digest.</summary>
    public string Digest { get; }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Label for people.</summary>
    public string Name { get; }

    /// <summary>Questions in order.</summary>
    public ImmutableArray<SetQuestion> Questions { get; }

    /// <summary>Keys of the images, in the order in which questions first name them.</summary>
    public ImmutableArray<string> Images { get; }

    /// <summary>Bytes of questions and images.</summary>
    public long Bytes { get; }

    /// <summary>Returns the name of the file of the image of an index.</summary>
    public static string FileOf(int index) => string.Create(CultureInfo.InvariantCulture, $"image-{index:D6}");

    /// <summary>Reads an image.</summary>
    public Task<byte[]> ReadImageAsync(string key, CancellationToken cancellationToken) => File.ReadAllBytesAsync(_files[key], cancellationToken);

    /// <summary>Returns what the set is told by, without how long its prompts are.</summary>
    public SetSummary Summary() => new() { Digest = Digest, Questions = Questions.Length, Images = Images.Length, Bytes = Bytes };
}
