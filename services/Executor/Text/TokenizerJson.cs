using System.Text.Json;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Bpe;
using Fovea.Executor.Text.Decoders;
using Fovea.Executor.Text.Normalizers;
using Fovea.Executor.Text.PostProcessors;
using Fovea.Executor.Text.PreTokenizers;

namespace Fovea.Executor.Text;

/// <summary>
/// Loads a tokenizer.json of Hugging Face's tokenizers library; whatever it cannot honour exactly is a fault, never ignored.
/// </summary>
internal static class TokenizerJson
{
    /// <summary>The file's name in a checkpoint folder.</summary>
    public const string FileName = "tokenizer.json";

    private const int MaxId = (1 << 21) - 1;

    /// <summary>Loads the file from a checkpoint folder; throws <see cref="CheckpointException"/> naming every fault.</summary>
    public static ITokenizer Load(string folder)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, FileName);
        using var document = JsonFile.Load(path, faults);
        return Finish(document, path, faults);
    }

    /// <summary>Loads a tokenizer from the bytes of its file.</summary>
    public static ITokenizer Parse(ReadOnlyMemory<byte> utf8)
    {
        var faults = new FaultList();
        using var document = JsonFile.Parse(utf8, FileName, faults);
        return Finish(document, FileName, faults);
    }

    private static Tokenizer Finish(JsonDocument? document, string subject, FaultList faults)
    {
        var parts = document is null ? null : Read(new JsonObjectReader(document.RootElement, FileName, "$", faults));
        faults.ThrowIfAny(subject);
        return new Tokenizer(parts!);
    }

    private static TokenizerParts Read(JsonObjectReader root)
    {
        var model = BpeModelReader.Read(root.RequiredObject("model"), root.Faults);
        var added = ReadAddedTokens(root, model.Vocabulary);
        var makeDecoders = DecoderReader.Read(root.Object("decoder"));
        var parts = new TokenizerParts(
            added,
            NormalizerReader.Read(root.Object("normalizer")),
            PreTokenizerReader.Read(root.Object("pre_tokenizer")),
            model)
        {
            Template = TokenTemplateReader.Read(root.Object("post_processor")),
            MakeDecoders = _ => makeDecoders(),
        };
        CheckTemplate(root, parts);
        return parts;
    }

    private static List<AddedToken> ReadAddedTokens(JsonObjectReader root, BpeVocabulary vocabulary)
    {
        var tokens = new List<AddedToken>();
        var ids = new HashSet<int>();
        var contents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reader in root.Objects("added_tokens"))
        {
            var token = new AddedToken(reader.RequiredInt("id", 0, MaxId), reader.RequiredString("content"))
            {
                Special = reader.Bool("special", false),
                Normalized = reader.Bool("normalized", true),
                LeftStrip = reader.Bool("lstrip", false),
                RightStrip = reader.Bool("rstrip", false),
                SingleWord = reader.Bool("single_word", false),
            };
            var inModel = vocabulary.IdOf(token.Content);
            if (inModel is { } id && id != token.Id)
            {
                reader.Fault("id", $"is {token.Id} and \"{token.Content}\" is {id} in the model");
            }
            else if (inModel is null && vocabulary.TokenOf(token.Id) is { } other)
            {
                reader.Fault("id", $"is {token.Id}, which is \"{other}\" in the model");
            }

            if (ids.Add(token.Id) && contents.Add(token.Content))
            {
                tokens.Add(token);
            }
            else
            {
                reader.Fault("id", $"{token.Id} or content \"{token.Content}\" is used twice");
            }
        }

        return tokens;
    }

    private static void CheckTemplate(JsonObjectReader root, TokenizerParts parts)
    {
        foreach (var id in parts.Template.Before.Concat(parts.Template.After))
        {
            if (parts.Model.Vocabulary.TokenOf(id) is null && parts.AddedTokens.All(token => token.Id != id))
            {
                root.Fault("post_processor", $"adds the id {id}, which no token has");
            }
        }
    }
}
