using System.Text;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text.PreTokenizers;

/// <summary>Reads the <c>pre_tokenizer</c> part of a tokenizer.json.</summary>
internal static class PreTokenizerReader
{
    /// <summary>The pre-tokenizer, or null when there is none; a kind that is not supported is a fault.</summary>
    public static IPreTokenizer? Read(JsonObjectReader? reader)
    {
        var type = reader?.RequiredString("type");
        switch (type)
        {
            case null:
                return null;
            case "Sequence":
                return new SequencePreTokenizer([.. reader!.Objects("pretokenizers").Select(Read).OfType<IPreTokenizer>()]);
            case "Metaspace":
                return ReadMetaspace(reader!);
            case "ByteLevel":
                var pattern = reader!.Bool("use_regex", true) ? RegexPattern.TryCreate(ByteLevelPreTokenizer.Expression, out _) : null;
                return new ByteLevelPreTokenizer(pattern, reader.Bool("add_prefix_space", true));
            case "Split":
                return ReadSplit(reader!);
            case "Digits":
                var behavior = reader!.Bool("individual_digits", false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous;
                return new SplitPreTokenizer(new PredicatePattern(Rune.IsNumber), behavior, invert: false);
            case "Punctuation":
                return new SplitPreTokenizer(new PredicatePattern(IsPunctuation), ReadBehavior(reader!, "Isolated"), invert: false);
            case "WhitespaceSplit":
                return new SplitPreTokenizer(new PredicatePattern(Rune.IsWhiteSpace), SplitBehavior.Removed, invert: false);
            default:
                reader!.Fault("type", $"is \"{type}\", a pre-tokenizer that is not supported");
                return null;
        }
    }

    /// <summary>The replacement character of a Metaspace part; anything but one character is a fault.</summary>
    public static char ReadReplacement(JsonObjectReader reader)
    {
        var replacement = reader.String("replacement", "\u2581");
        if (replacement.Length != 1)
        {
            reader.Fault("replacement", $"is \"{replacement}\" where one character is needed");
            return '\u2581';
        }

        return replacement[0];
    }

    /// <summary>The prepend scheme of a Metaspace part, in the older form too (<c>add_prefix_space</c>).</summary>
    public static PrependScheme ReadScheme(JsonObjectReader reader)
    {
        var name = reader.String("prepend_scheme", reader.Bool("add_prefix_space", true) ? "always" : "never");
        switch (name)
        {
            case "always":
                return PrependScheme.Always;
            case "first":
                return PrependScheme.First;
            case "never":
                return PrependScheme.Never;
            default:
                reader.Fault("prepend_scheme", $"is \"{name}\", none of always, first, never");
                return PrependScheme.Never;
        }
    }

    private static MetaspacePreTokenizer ReadMetaspace(JsonObjectReader reader) =>
        new(ReadReplacement(reader), ReadScheme(reader), reader.Bool("split", true));

    private static SplitPreTokenizer? ReadSplit(JsonObjectReader reader)
    {
        var behavior = ReadBehavior(reader, null);
        return PatternReader.Read(reader) is { } pattern ? new SplitPreTokenizer(pattern, behavior, reader.Bool("invert", false)) : null;
    }

    private static SplitBehavior ReadBehavior(JsonObjectReader reader, string? fallback)
    {
        var name = fallback is null ? reader.RequiredString("behavior") : reader.String("behavior", fallback);
        if (Enum.TryParse<SplitBehavior>(name, out var behavior) && Enum.IsDefined(behavior) && behavior.ToString() == name)
        {
            return behavior;
        }

        reader.Fault("behavior", $"is \"{name}\", none of {string.Join(", ", Enum.GetNames<SplitBehavior>())}");
        return SplitBehavior.Isolated;
    }

    private static bool IsPunctuation(Rune rune) =>
        Rune.IsPunctuation(rune) || (rune.IsAscii && (Rune.IsSymbol(rune) || rune.Value is '^' or '`' or '~'));
}
