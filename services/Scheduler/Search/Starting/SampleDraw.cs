using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Draws the questions of a search: the same ones for the same set, class, number and seed.</summary>
internal static class SampleDraw
{
    /// <summary>Returns indices in ascending order.</summary>
    /// <param name="questions">All questions of the set.</param>
    /// <param name="spec">Says of which class, how many (all when 0), by which seed, and whether each class gets its share.</param>
    public static ImmutableArray<int> Draw(IReadOnlyList<SetQuestion> questions, SearchSpec spec)
    {
        var eligible = Enumerable.Range(0, questions.Count)
            .Where(index => spec.QuestionClass.Length == 0 || questions[index].Type == spec.QuestionClass)
            .ToArray();
        if (spec.Samples == 0 || spec.Samples >= eligible.Length)
        {
            return [.. eligible];
        }

        SeededOrder.Shuffle(eligible, spec.Seed);
        var drawn = spec.Stratified ? Stratified(eligible, index => questions[index].Type, spec.Samples) : eligible.Take(spec.Samples);
        return [.. drawn.Order()];
    }

    /// <summary>Gives each class its share, rounded down, and the rest to the classes whose shares were cut most.</summary>
    private static IEnumerable<int> Stratified(int[] shuffled, Func<int, string> typeOf, int wanted)
    {
        var classes = shuffled.GroupBy(typeOf, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var counts = classes.Select(group => (int)((long)wanted * group.Count() / shuffled.Length)).ToArray();
        var most = Enumerable.Range(0, classes.Count)
            .OrderByDescending(place => (long)wanted * classes[place].Count() % shuffled.Length)
            .ThenBy(place => place)
            .Take(wanted - counts.Sum());
        foreach (var place in most)
        {
            counts[place]++;
        }

        return classes.SelectMany((group, place) => group.Take(counts[place]));
    }
}
