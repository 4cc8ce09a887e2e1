using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Decoders;
using Fovea.Executor.Text.Normalizers;
using Fovea.Executor.Text.PostProcessors;
using Fovea.Executor.Text.PreTokenizers;
using Fovea.Executor.Text.Unicode;

namespace Fovea.Executor.Text.Slow;

/// <summary>Loads a tokenizer of Qwen2 or GPT-2 from vocab.json, merges.txt and the files beside them.</summary>
internal static class ByteLevelLoader
{
    private const string EndOfText = "<|endoftext|>";
    private const string Qwen2 = "Qwen2Tokenizer";
    private const string Gpt2 = "GPT2Tokenizer";

    private const string Qwen2Expression =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Loads the files of a folder; null after a fault.</summary>
    public static Tokenizer? Load(string folder, FaultList faults)
    {
        var config = TokenizerConfigReader.Read(folder, faults);
        var name = config.TokenizerClass ?? Gpt2;
        if (name is not (Qwen2 or Gpt2))
        {
            faults.Add($"{TokenizerConfigReader.FileName}: tokenizer_class is \"{name}\"; with {VocabularyMerges.VocabularyName} only {Qwen2} and {Gpt2} are supported");
        }

        var unknown = config.Named.GetValueOrDefault("unk_token", EndOfText);
        var model = VocabularyMerges.Read(folder, unknown, name == Qwen2, faults);
        return model is null || !faults.IsEmpty ? null : new Tokenizer(Parts(folder, config, model, name == Qwen2));
    }

    private static TokenizerParts Parts(string folder, TokenizerConfig config, Bpe.BpeModel model, bool isQwen2)
    {
        var unknown = config.Named.GetValueOrDefault("unk_token", EndOfText);
        var end = config.Named.GetValueOrDefault("eos_token", EndOfText);
        string?[] named = [config.Named.GetValueOrDefault("bos_token", isQwen2 ? null! : EndOfText), end, unknown, .. config.Named.Values];
        IReadOnlyList<AddedToken> added = AddedTokenList.Of(config, named.OfType<string>(), model.Vocabulary);
        added = isQwen2 ? ConstructorOrder.Settle(added, end, unknown, folder) : added;
        var pattern = RegexPattern.TryCreate(isQwen2 ? Qwen2Expression : ByteLevelPreTokenizer.Expression, out _);
        var words = new ByteLevelPreTokenizer(pattern, addPrefixSpace: false);
        return new TokenizerParts(added, null, words, model)
        {
            Preparation = Preparation(config, isQwen2),
            Template = Template(config, added, named[0]),
            MakeDecoders = static _ => [new ByteLevelDecoder()],
        };
    }

    private static INormalizer? Preparation(TokenizerConfig config, bool isQwen2)
    {
        if (isQwen2)
        {
            return new UnicodeNormalizer(UnicodeForm.Composed);
        }

        return config.AddPrefixSpace == true ? new PrependNormalizer(" ") : null;
    }

    private static TokenTemplate Template(TokenizerConfig config, IReadOnlyList<AddedToken> added, string? begin)
    {
        var token = config.AddBos == true ? added.FirstOrDefault(token => token.Content == begin) : null;
        return token is null ? TokenTemplate.Empty : new TokenTemplate([token.Id], []);
    }
}
