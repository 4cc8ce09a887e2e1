using System.Collections.Frozen;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Bpe;
using Fovea.Executor.Text.Decoders;
using Fovea.Executor.Text.Normalizers;
using Fovea.Executor.Text.PostProcessors;
using Fovea.Executor.Text.PreTokenizers;
using Fovea.Executor.Text.Slow;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Loads a tokenizer from tokenizer.model and the files beside it.</summary>
internal static class SentencePieceLoader
{
    private const string Llama = "LlamaTokenizer";

    private static readonly string[] InternLm = ["InternLM2Tokenizer", "InternLMTokenizer"];

    /// <summary>Loads the files of a folder; null after a fault.</summary>
    public static Tokenizer? Load(string folder, FaultList faults)
    {
        var config = TokenizerConfigReader.Read(folder, faults);
        var file = SmallFile.Load(Path.Combine(folder, PieceModelReader.FileName), faults);
        return file is null ? null : Make(file, config, faults);
    }

    /// <summary>Makes the tokenizer of a model file's bytes; null after a fault.</summary>
    public static Tokenizer? Make(ReadOnlySpan<byte> file, TokenizerConfig config, FaultList faults)
    {
        var name = config.TokenizerClass ?? Llama;
        if (name != Llama && !InternLm.Contains(name))
        {
            faults.Add($"{TokenizerConfigReader.FileName}: tokenizer_class is \"{name}\"; with {PieceModelReader.FileName} only {Llama} and {string.Join(", ", InternLm)} are supported");
        }

        if (PieceModelReader.Read(file, faults) is not { } model || !faults.IsEmpty)
        {
            return null;
        }

        if (!config.Exists)
        {
            return new Tokenizer(Alone(model));
        }

        return new Tokenizer(InternLm.Contains(name) ? WithInternLm(model, config) : WithLlama(model, config));
    }

    /// <summary>As the SentencePiece library itself encodes and decodes.</summary>
    private static TokenizerParts Alone(PieceModel model)
    {
        var ids = Enumerable.Range(0, model.Pieces.Count).Where(id => model.Pieces[id].Kind == PieceKind.Control);
        var surfaces = new PieceSurfaces(model);
        return new TokenizerParts([], NormalizerOf(model, Scheme(model, PrependScheme.Always)), null, ModelOf(model))
        {
            ControlIds = ids.ToFrozenSet(),
            MakeDecoders = _ => [new SentencePieceDecoder(surfaces)],
        };
    }

    private static TokenizerParts WithInternLm(PieceModel model, TokenizerConfig config)
    {
        var inner = ModelOf(model);
        var named = Named(config);
        var added = AddedTokenList.Of(config, named.Values, inner.Vocabulary);
        var groups = GroupsOf(config, named, added, inner.Vocabulary.Size);
        var surfaces = new PieceSurfaces(model);
        return new TokenizerParts(added, NormalizerOf(model, Scheme(model, PrependScheme.Always)), null, inner)
        {
            Template = TemplateOf(config, named, added),
            MakeDecoders = skips => [new GroupedPieceDecoder(() => new SentencePieceDecoder(surfaces), groups, !skips)],
        };
    }

    private static TokenizerParts WithLlama(PieceModel model, TokenizerConfig config)
    {
        var inner = ModelOf(model);
        var named = Named(config);
        var added = AddedTokenList.Of(config, named.Values, inner.Vocabulary);
        var scheme = config.AddPrefixSpace == false ? PrependScheme.Never : config.Legacy ? PrependScheme.Always : PrependScheme.First;
        var spaces = new ReplaceNormalizer(new LiteralPattern(PieceModel.Space.ToString()), " ");
        return new TokenizerParts(added, NormalizerOf(model, scheme), null, inner)
        {
            Template = TemplateOf(config, named, added),
            MakeDecoders = _ =>
            [
                new ReplaceDecoder(spaces),
                new ByteFallbackDecoder(),
                new FuseDecoder(scheme == PrependScheme.Never ? [] : [new StripDecoder(' ', 1, 0)]),
            ],
        };
    }

    private static PrependScheme Scheme(PieceModel model, PrependScheme scheme) => model.Rules.AddDummyPrefix ? scheme : PrependScheme.Never;

    private static SentencePieceNormalizer NormalizerOf(PieceModel model, PrependScheme scheme) =>
        new(model.Rules, scheme, SymbolsOf(model));

    private static AddedTokenMatcher? SymbolsOf(PieceModel model)
    {
        var symbols = Enumerable.Range(0, model.Pieces.Count)
            .Where(id => model.Pieces[id].Kind == PieceKind.UserDefined)
            .Select(id => new AddedToken(id, model.Pieces[id].Content))
            .ToList();
        return symbols.Count == 0 ? null : new AddedTokenMatcher(symbols);
    }

    private static ITokenModel ModelOf(PieceModel model)
    {
        var ids = new Dictionary<string, int>(model.Pieces.Count, StringComparer.Ordinal);
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            ids.Add(model.Pieces[id].Content, id);
        }

        var vocabulary = new BpeVocabulary(ids);
        if (!model.IsBpe)
        {
            return new UnigramModel(model, vocabulary);
        }

        var (merges, ranks) = PieceMerges.Of(model, vocabulary);
        var options = new BpeOptions(model.UnknownId, FuseUnknown: true, model.ByteFallback, IgnoreMerges: false);
        var bpe = new BpeModel(vocabulary, merges, options, ranks);
        return SymbolsOf(model) is { } symbols ? new SymbolModel(symbols, bpe) : bpe;
    }

    private static Dictionary<string, string> Named(TokenizerConfig config)
    {
        var named = new Dictionary<string, string>(config.Named, StringComparer.Ordinal);
        named.TryAdd("bos_token", "<s>");
        named.TryAdd("eos_token", "</s>");
        named.TryAdd("unk_token", "<unk>");
        return named;
    }

    private static TokenGroups GroupsOf(
        TokenizerConfig config, Dictionary<string, string> named, List<AddedToken> added, int modelSize)
    {
        bool IsSeparate(AddedToken token) =>
            !named.ContainsValue(token.Content) && (token.Id >= modelSize || !config.Additional.Contains(token.Content));

        return new TokenGroups(
            added.Where(token => !IsSeparate(token)).Select(static token => token.Content).ToFrozenSet(StringComparer.Ordinal),
            added.Where(IsSeparate).Select(static token => token.Content).ToFrozenSet(StringComparer.Ordinal));
    }

    private static TokenTemplate TemplateOf(TokenizerConfig config, Dictionary<string, string> named, List<AddedToken> added)
    {
        int[] Find(string name) => [.. added.Where(token => token.Content == named[name]).Select(static token => token.Id)];
        return new TokenTemplate(config.AddBos ?? true ? Find("bos_token") : [], config.AddEos ?? false ? Find("eos_token") : []);
    }
}
