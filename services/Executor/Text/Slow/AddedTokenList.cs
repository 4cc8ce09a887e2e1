using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text.Slow;

/// <summary>Completes the added tokens of a slow tokenizer as the reference library does when it makes one.</summary>
internal static class AddedTokenList
{
    /// <summary>
    /// The configured tokens and, with ids of the model or else the next free ones, the special tokens that are not among them.
    /// </summary>
    public static List<AddedToken> Of(TokenizerConfig config, IEnumerable<string> named, BpeVocabulary vocabulary)
    {
        var tokens = config.Added.ToList();
        var contents = tokens.Select(static token => token.Content).ToHashSet(StringComparer.Ordinal);
        var next = Math.Max(vocabulary.Size, tokens.Count == 0 ? 0 : tokens[^1].Id + 1);
        foreach (var content in named.Concat(config.Additional).Where(contents.Add))
        {
            tokens.Add(new AddedToken(vocabulary.IdOf(content) ?? next++, content) { Special = true });
        }

        return [.. tokens.DistinctBy(static token => token.Id).OrderBy(static token => token.Id)];
    }
}
