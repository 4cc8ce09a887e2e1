using System.Text;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text.Slow;

/// <summary>Reads vocab.json and merges.txt into a byte-level BPE model.</summary>
internal static class VocabularyMerges
{
    /// <summary>The vocabulary's file name.</summary>
    public const string VocabularyName = "vocab.json";

    /// <summary>The rules' file name.</summary>
    public const string MergesName = "merges.txt";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The model of a folder, whose unknown token is <paramref name="unknown"/>; null after a fault. With <paramref name="skipsHashes"/>
    /// every line that begins with # is a comment, not only the first: so does the slow tokenizer of Qwen2.
    /// </summary>
    public static BpeModel? Read(string folder, string unknown, bool skipsHashes, FaultList faults)
    {
        var vocabulary = SmallFile.Load(Path.Combine(folder, VocabularyName), faults);
        var merges = SmallFile.Load(Path.Combine(folder, MergesName), faults);
        return vocabulary is null || merges is null ? null : Parse(vocabulary, merges, unknown, skipsHashes, faults);
    }

    /// <summary>The same from the bytes of the two files.</summary>
    public static BpeModel? Parse(byte[] vocabulary, byte[] merges, string unknown, bool skipsHashes, FaultList faults)
    {
        using var document = JsonFile.Parse(vocabulary, VocabularyName, faults);
        if (document is null)
        {
            return null;
        }

        var own = new FaultList();
        var tokens = BpeVocabularyReader.Read(new JsonObjectReader(document.RootElement, VocabularyName, "$", own));
        var rules = ReadMerges(merges, tokens, skipsHashes, own);
        foreach (var fault in own.Items)
        {
            faults.Add(fault);
        }

        return own.IsEmpty ? new BpeModel(tokens, rules, new BpeOptions(tokens.IdOf(unknown), false, false, false)) : null;
    }

    private static List<BpeMerge> ReadMerges(ReadOnlySpan<byte> file, BpeVocabulary vocabulary, bool skipsHashes, FaultList faults)
    {
        var merges = new List<BpeMerge>();
        string text;
        try
        {
            text = Strict.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            faults.Add($"{MergesName}: the text is not valid UTF-8");
            return merges;
        }

        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var pair = line.Trim();
            if (pair.IsEmpty || (skipsHashes && pair[0] == '#') || (number == 1 && pair.StartsWith("#version")))
            {
                continue;
            }

            var cut = pair.IndexOf(' ');
            if (cut <= 0 || pair[(cut + 1)..].Contains(' '))
            {
                faults.Add($"{MergesName}: line {number} holds other than two tokens");
            }
            else if (vocabulary.IdOf(pair[..cut]) is var left and >= 0 && vocabulary.IdOf(pair[(cut + 1)..]) is var right and >= 0
                && vocabulary.IdOf(string.Concat(pair[..cut], pair[(cut + 1)..])) is { } result)
            {
                merges.Add(new BpeMerge(left, right, result));
            }
            else
            {
                faults.Add($"{MergesName}: line {number}: not both tokens and their union are in {VocabularyName}");
            }
        }

        return merges;
    }
}
