using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text.Bpe;

/// <summary>Reads the <c>model</c> part of a tokenizer.json.</summary>
internal static class BpeModelReader
{
    /// <summary>The model; after a fault an unusable one, so that the reading of the file goes on.</summary>
    public static BpeModel Read(JsonObjectReader? reader, FaultList faults)
    {
        if (reader is null)
        {
            return new BpeModel(new BpeVocabulary([]), [], new BpeOptions(null, false, false, false));
        }

        if (reader.String("type", "BPE") is var type and not "BPE")
        {
            reader.Fault("type", $"is \"{type}\"; only BPE is supported");
        }

        RefuseUnsupported(reader);
        var vocabulary = BpeVocabularyReader.Read(reader.RequiredObject("vocab"));
        var merges = ReadMerges(reader, vocabulary);
        var options = ReadOptions(reader, vocabulary);
        return faults.IsEmpty
            ? new BpeModel(vocabulary, merges, options)
            : new BpeModel(vocabulary, [], options);
    }

    private static void RefuseUnsupported(JsonObjectReader reader)
    {
        if (reader.Double("dropout", 0, 0, 1) > 0)
        {
            reader.Fault("dropout", "makes encoding random, which is not supported");
        }

        foreach (var field in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (reader.String(field, string.Empty).Length > 0)
            {
                reader.Fault(field, "is set, which is not supported");
            }
        }
    }

    private static List<BpeMerge> ReadMerges(JsonObjectReader reader, BpeVocabulary vocabulary)
    {
        var merges = new List<BpeMerge>();
        var index = 0;
        foreach (var element in reader.Array("merges"))
        {
            var name = $"merges[{index++}]";
            if (IsVersionLine(element))
            {
                continue;
            }

            if (ReadPair(element) is not var (left, right))
            {
                reader.Fault(name, $"is {JsonKinds.Show(element)} where two tokens are needed");
                continue;
            }

            if (vocabulary.IdOf(left) is { } leftId && vocabulary.IdOf(right) is { } rightId && vocabulary.IdOf(left + right) is { } result)
            {
                merges.Add(new BpeMerge(leftId, rightId, result));
            }
            else
            {
                reader.Fault(name, $"names \"{left}\" and \"{right}\", and not both of them and their union are in vocab");
            }
        }

        return merges;
    }

    private static bool IsVersionLine(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString()!.StartsWith("#version", StringComparison.Ordinal);

    private static (string Left, string Right)? ReadPair(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            var parts = element.GetString()!.Split(' ');
            return parts.Length == 2 && parts[0].Length > 0 && parts[1].Length > 0 ? (parts[0], parts[1]) : null;
        }

        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != 2
            || element[0].ValueKind != JsonValueKind.String || element[1].ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var (left, right) = (element[0].GetString()!, element[1].GetString()!);
        return left.Length > 0 && right.Length > 0 ? (left, right) : null;
    }

    private static BpeOptions ReadOptions(JsonObjectReader reader, BpeVocabulary vocabulary)
    {
        var unknown = reader.String("unk_token", null);
        var unknownId = unknown is null ? null : vocabulary.IdOf(unknown);
        if (unknown is not null && unknownId is null)
        {
            reader.Fault("unk_token", $"is \"{unknown}\", which is not in vocab");
        }

        return new BpeOptions(
            unknownId,
            reader.Bool("fuse_unk", false),
            reader.Bool("byte_fallback", false),
            reader.Bool("ignore_merges", false));
    }
}
