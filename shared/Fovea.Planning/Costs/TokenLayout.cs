using System.Runtime.InteropServices;
using Fovea.Planning.Plans;

namespace Fovea.Planning.Costs;

/// <summary>Gives the token counts of one request that its cost depends on.</summary>
/// <param name="VisionTokens">Vision tokens N of all images together, before any pooling.</param>
/// <param name="TextTokens">All other tokens of the prompt, t.</param>
/// <param name="RankingRows">
/// Query rows of one ranking: the text tokens after the last vision token for the instruction scorer, 1 for the last-token scorers.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenLayout(int VisionTokens, int TextTokens, int RankingRows)
{
    /// <summary>Gets the scorer, which decides what a ranking costs beside its rows.</summary>
    public TokenScorer Scorer { get; init; }

    /// <summary>Makes the layout of a prompt under a scorer.</summary>
    /// <param name="scorer">What ranks.</param>
    /// <param name="visionTokens">Vision tokens of all images together.</param>
    /// <param name="textTokens">All other tokens; the raters are at most these.</param>
    /// <param name="instructionTokens">Text tokens after the last vision token.</param>
    public static TokenLayout For(TokenScorer scorer, int visionTokens, int textTokens, int instructionTokens)
    {
        var rows = scorer switch
        {
            TokenScorer.Instruction or TokenScorer.Coverage => Math.Max(1, instructionTokens),
            TokenScorer.Raters => Math.Max(1, textTokens),
            TokenScorer.Random => 0,
            _ => 1,
        };
        return new(visionTokens, textTokens, rows) { Scorer = scorer };
    }

    /// <summary>Makes a layout that counts every text token as a ranking row: an upper bound for any prompt under the scorer.</summary>
    public static TokenLayout UpperBound(int visionTokens, int textTokens, TokenScorer scorer = TokenScorer.Instruction) =>
        new(visionTokens, textTokens, Math.Max(1, textTokens)) { Scorer = scorer };
}
