using Fovea.Executor.Text.Bpe;
using Fovea.Executor.Text.Decoders;
using Fovea.Executor.Text.Normalizers;
using Fovea.Executor.Text.PostProcessors;
using Fovea.Executor.Text.PreTokenizers;

namespace Fovea.Executor.Text;

/// <summary>What a tokenizer is made of, in the order text passes it.</summary>
/// <param name="AddedTokens">Tokens found before anything else; unique ids and contents.</param>
/// <param name="Normalizer">Rewrites what lies between them, or null.</param>
/// <param name="PreTokenizer">Cuts it into words, or null: all of it is one word.</param>
/// <param name="Model">Encodes the words.</param>
internal sealed record TokenizerParts(
    IReadOnlyList<AddedToken> AddedTokens,
    INormalizer? Normalizer,
    IPreTokenizer? PreTokenizer,
    BpeModel Model)
{
    /// <summary>What is put around an input when special tokens are asked for.</summary>
    public TokenTemplate Template { get; init; } = TokenTemplate.Empty;

    /// <summary>Makes the stages that decode one sequence.</summary>
    public required Func<IReadOnlyList<ITokenDecoder>> MakeDecoders { get; init; }
}
