using System.Collections.Frozen;
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
    ITokenModel Model)
{
    /// <summary>Rewrites the whole text before added tokens are looked for, or null.</summary>
    public INormalizer? Preparation { get; init; }

    /// <summary>Ids of the model that are left out of answers although they are no added tokens.</summary>
    public IReadOnlySet<int> ControlIds { get; init; } = FrozenSet<int>.Empty;

    /// <summary>What is put around an input when special tokens are asked for.</summary>
    public TokenTemplate Template { get; init; } = TokenTemplate.Empty;

    /// <summary>Makes the stages that decode one sequence; they are told whether special tokens are left out before they are reached.</summary>
    public required Func<bool, IReadOnlyList<ITokenDecoder>> MakeDecoders { get; init; }
}
