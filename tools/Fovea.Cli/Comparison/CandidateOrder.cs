using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Comparison;

/// <summary>Orders candidates so that neighbours share as many first layers as can be, and says how many.</summary>
internal static class CandidateOrder
{
    /// <summary>Returns the places of the candidates in the order in which they are best evaluated.</summary>
    public static ImmutableArray<int> Of(IReadOnlyList<Candidate> candidates) =>
        [.. Enumerable.Range(0, candidates.Count).Order(Comparer<int>.Create((left, right) => Compare(candidates[left], candidates[right])))];

    /// <summary>Notes in each candidate how many layers it shares with the next one.</summary>
    public static void Share(IReadOnlyList<Candidate> ordered)
    {
        for (var index = 0; index < ordered.Count; index++)
        {
            ordered[index].SharedLayers = index + 1 < ordered.Count ? Shared(ordered[index], ordered[index + 1]) : 0;
        }
    }

    /// <summary>Returns how many first layers come out the same for both.</summary>
    public static int Shared(Candidate left, Candidate right)
    {
        if (left.Pool != right.Pool)
        {
            return 0;
        }

        var (a, b) = (left.Rates.Rates, right.Rates.Rates);
        var isSameRanking = (left.Scorer, left.Positions, left.Seed) == (right.Scorer, right.Positions, right.Seed);
        var layer = 0;
        while (layer < Math.Min(a.Count, b.Count) && a[layer] == b[layer] && (isSameRanking || a[layer] == 1))
        {
            layer++;
        }

        return layer;
    }

    // Candidates that share a long full prefix are neighbours, among them those of one ranking.
    private static int Compare(Candidate left, Candidate right)
    {
        var order = left.Pool.CompareTo(right.Pool);
        order = order != 0 ? order : FullLayers(right).CompareTo(FullLayers(left));
        order = order != 0 ? order : left.Scorer.CompareTo(right.Scorer);
        order = order != 0 ? order : left.Positions.CompareTo(right.Positions);
        order = order != 0 ? order : left.Seed.CompareTo(right.Seed);
        for (var layer = 0; order == 0 && layer < Math.Min(left.Rates.Rates.Count, right.Rates.Rates.Count); layer++)
        {
            order = right.Rates.Rates[layer].CompareTo(left.Rates.Rates[layer]);
        }

        return order;
    }

    private static int FullLayers(Candidate candidate) => candidate.Rates.Rates.TakeWhile(rate => rate == 1).Count();
}
