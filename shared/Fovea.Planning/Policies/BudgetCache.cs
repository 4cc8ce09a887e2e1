using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tables;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Remembers solved budgets in a fixed number of slots; lock-free, safe for any number of threads.</summary>
/// <remarks>
/// A slot holds one immutable entry that is replaced as a whole, so a race costs a second solution and never a wrong
/// answer: the key is compared in full.
/// </remarks>
internal sealed class BudgetCache
{
    private readonly Entry?[] _slots;

    /// <summary>Makes a cache of <paramref name="slots"/> entries, a power of two; 0 solves every time.</summary>
    public BudgetCache(int slots)
    {
        if (slots != 0 && !int.IsPow2(slots))
        {
            throw new ArgumentOutOfRangeException(nameof(slots), slots, "must be 0 or a power of two");
        }

        _slots = new Entry?[slots];
    }

    /// <summary>Returns the schedule that meets the budget for the request.</summary>
    public Checked<ResolvedSchedule> Resolve(BudgetedSpec spec, ScheduleContext context)
    {
        // Counts by image depend on the size of each, of which the key knows only the sum.
        if (_slots.Length == 0 || context.CountsByImage)
        {
            return spec.Resolve(context);
        }

        // The mean keep rate depends neither on the text nor on the scorer, so requests that differ in these share the entry.
        var isMean = spec.Budget.Kind == BudgetKind.MeanKeep;
        var textTokens = isMean ? 0 : context.TextTokens;
        var scorer = isMean ? default : context.Scorer;
        var latency = spec.Budget.Kind == BudgetKind.Milliseconds ? context.Latency : null;
        var key = new Key(spec, context.Shape, context.VisionTokens, textTokens, context.Floor, scorer, latency);
        var slot = key.Slot & (_slots.Length - 1);
        if (Volatile.Read(ref _slots[slot]) is { } entry && entry.Key == key)
        {
            return entry.Value;
        }

        var value = spec.Resolve(context);
        Volatile.Write(ref _slots[slot], new Entry(key, value));
        return value;
    }

    private sealed record Key(BudgetedSpec Spec, ModelShape Shape, int VisionTokens, int TextTokens, int Floor, TokenScorer Scorer, LatencyTable? Latency)
    {
        public int Slot => HashCode.Combine(Spec, VisionTokens, TextTokens, Floor);
    }

    private sealed record Entry(Key Key, Checked<ResolvedSchedule> Value);
}
