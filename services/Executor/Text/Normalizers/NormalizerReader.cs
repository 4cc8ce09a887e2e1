using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Unicode;

namespace Fovea.Executor.Text.Normalizers;

/// <summary>Reads the <c>normalizer</c> part of a tokenizer.json.</summary>
internal static class NormalizerReader
{
    /// <summary>The normalizer, or null when there is none; a kind that is not supported is a fault.</summary>
    public static INormalizer? Read(JsonObjectReader? reader)
    {
        var type = reader?.RequiredString("type");
        switch (type)
        {
            case null:
                return null;
            case "Sequence":
                return new SequenceNormalizer([.. reader!.Objects("normalizers").Select(Read).OfType<INormalizer>()]);
            case "Prepend":
                return new PrependNormalizer(reader!.RequiredString("prepend"));
            case "Replace":
                var pattern = PatternReader.Read(reader!);
                return pattern is null ? null : new ReplaceNormalizer(pattern, reader!.RequiredString("content"));
            case "NFC":
                return new UnicodeNormalizer(UnicodeForm.Composed);
            case "NFD":
                return new UnicodeNormalizer(UnicodeForm.Decomposed);
            case "NFKC":
                return new UnicodeNormalizer(UnicodeForm.CompatibilityComposed);
            case "NFKD":
                return new UnicodeNormalizer(UnicodeForm.CompatibilityDecomposed);
            case "Lowercase":
                return new LowercaseNormalizer();
            case "Strip":
                return new StripNormalizer(reader!.Bool("strip_left", true), reader.Bool("strip_right", true));
            default:
                reader!.Fault("type", $"is \"{type}\", a normalizer that is not supported");
                return null;
        }
    }
}
