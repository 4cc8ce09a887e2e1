using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Fovea.Planning.Plans;

/// <summary>Gives the words that scorers are written with on command lines and in files.</summary>
public static class ScorerNames
{
    private static readonly ImmutableArray<(string Name, TokenScorer Scorer)> Known =
    [
        ("instruction", TokenScorer.Instruction),
        ("last", TokenScorer.Last),
        ("next-last", TokenScorer.NextLast),
        ("raters", TokenScorer.Raters),
        ("random", TokenScorer.Random),
        ("coverage", TokenScorer.Coverage),
    ];

    /// <summary>Gets all words, in the order of the scorers' numbers.</summary>
    public static ImmutableArray<string> All { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>Returns the word of a scorer.</summary>
    public static string Of(TokenScorer scorer) =>
        Known.FirstOrDefault(known => known.Scorer == scorer).Name
        ?? throw new ArgumentOutOfRangeException(nameof(scorer), scorer, "unknown scorer");

    /// <summary>Finds the scorer of a word.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TokenScorer scorer)
    {
        foreach (var known in Known)
        {
            if (known.Name == text)
            {
                scorer = known.Scorer;
                return true;
            }
        }

        scorer = default;
        return false;
    }
}
