using System.Runtime.InteropServices;

namespace Fovea.Planning.Costs;

/// <summary>Gives the token counts of one request that its cost depends on.</summary>
/// <param name="VisionTokens">Vision tokens N of all images together.</param>
/// <param name="TextTokens">All other tokens of the prompt, t.</param>
/// <param name="RankingRows">
/// Query rows of one ranking: the text tokens after the last vision token for the instruction scorer, 1 for the last-token scorer.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenLayout(int VisionTokens, int TextTokens, int RankingRows)
{
    /// <summary>Makes a layout that counts every text token as a ranking row: an upper bound for any prompt and scorer.</summary>
    public static TokenLayout UpperBound(int visionTokens, int textTokens) => new(visionTokens, textTokens, Math.Max(1, textTokens));
}
