using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Normalizers;
using Fovea.Executor.Text.PreTokenizers;

namespace Fovea.Executor.Text.Decoders;

/// <summary>Reads the <c>decoder</c> part of a tokenizer.json into factories, since the stages keep state for one sequence.</summary>
internal static class DecoderReader
{
    /// <summary>Makes the stages of a fresh chain; a kind that is not supported is a fault.</summary>
    public static Func<IReadOnlyList<ITokenDecoder>> Read(JsonObjectReader? reader)
    {
        if (reader is null)
        {
            return static () => [new SpacingDecoder()];
        }

        var factories = new List<Func<ITokenDecoder>?>();
        ReadInto(reader, factories);
        return () => Build(factories, 0);
    }

    // A null factory marks where everything after works on one fused token.
    private static IReadOnlyList<ITokenDecoder> Build(List<Func<ITokenDecoder>?> factories, int from)
    {
        var stages = new List<ITokenDecoder>();
        for (var index = from; index < factories.Count; index++)
        {
            if (factories[index] is not { } make)
            {
                stages.Add(new FuseDecoder(Build(factories, index + 1)));
                break;
            }

            stages.Add(make());
        }

        return stages;
    }

    private static void ReadInto(JsonObjectReader reader, List<Func<ITokenDecoder>?> factories)
    {
        var type = reader.RequiredString("type");
        switch (type)
        {
            case "Sequence":
                foreach (var part in reader.Objects("decoders"))
                {
                    ReadInto(part, factories);
                }

                break;
            case "Replace":
                if (PatternReader.Read(reader) is { } pattern)
                {
                    var replace = new ReplaceNormalizer(pattern, reader.RequiredString("content"));
                    factories.Add(() => new ReplaceDecoder(replace));
                }

                break;
            case "ByteFallback":
                factories.Add(static () => new ByteFallbackDecoder());
                break;
            case "Fuse":
                factories.Add(null);
                break;
            case "Strip":
                factories.Add(ReadStrip(reader));
                break;
            case "ByteLevel":
                factories.Add(static () => new ByteLevelDecoder());
                factories.Add(null);
                break;
            case "Metaspace":
                var replacement = PreTokenizerReader.ReadReplacement(reader);
                var stripsFirst = PreTokenizerReader.ReadScheme(reader) != PrependScheme.Never;
                factories.Add(() => new MetaspaceDecoder(replacement, stripsFirst));
                break;
            default:
                reader.Fault("type", $"is \"{type}\", a decoder that is not supported");
                break;
        }
    }

    private static Func<ITokenDecoder> ReadStrip(JsonObjectReader reader)
    {
        const int most = 1 << 16;
        var content = reader.RequiredString("content");
        var start = reader.Int("start", 0, 0, most);
        var end = reader.Int("stop", 0, 0, most);
        if (content.Length != 1)
        {
            reader.Fault("content", $"is \"{content}\" where one character is needed");
            content = " ";
        }

        return () => new StripDecoder(content[0], start, end);
    }
}
