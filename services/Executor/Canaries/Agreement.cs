namespace Fovea.Executor.Canaries;

/// <summary>Compares two answers token by token.</summary>
internal static class Agreement
{
    /// <summary>Stands for the end of an answer that the model itself ended.</summary>
    public const int End = -1;

    /// <summary>Gives the share of the answer's tokens, from the first on, that the reference has in the same places.</summary>
    /// <remarks>
    /// An end counts as a token. Example: <c>7 8 9</c> against <c>7 8 5 9</c> is 2/3, against <c>7 8 9 5</c> it is 1; with its end,
    /// <c>7 8 9 end</c> against <c>7 8 9 5</c> is 3/4.
    /// </remarks>
    /// <param name="answer">The answer; at least one token.</param>
    /// <param name="reference">What it should be.</param>
    public static double Of(ReadOnlySpan<int> answer, ReadOnlySpan<int> reference) => answer.CommonPrefixLength(reference) / (double)answer.Length;
}
