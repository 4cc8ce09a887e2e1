using Fovea.Planning.Costs;

namespace Fovea.Planning.Schedules;

/// <summary>Measures counts in the unit of a budget, by the same functions that report costs.</summary>
internal sealed class BudgetMeter
{
    private readonly ScheduleContext _context;
    private readonly BudgetKind _kind;
    private readonly TokenLayout _layout;
    private readonly double _full;

    /// <summary>Prepares to measure plans of one request; milliseconds only where the context has a cost table.</summary>
    public BudgetMeter(BudgetKind kind, ScheduleContext context)
    {
        _kind = kind;
        _context = context;
        _layout = TokenLayout.UpperBound(context.VisionTokens, context.TextTokens, context.Scorer);
        _full = kind == BudgetKind.FlopsShare ? FullFlops() : 1;
    }

    /// <summary>Returns the cost of the counts.</summary>
    public double Measure(ReadOnlySpan<int> counts) => _kind switch
    {
        BudgetKind.MeanKeep => CostModel.MeanKeep(counts, _context.VisionTokens),
        BudgetKind.FlopsShare => Flops(counts) / _full,
        BudgetKind.Tflops => Flops(counts) / 1e12,
        BudgetKind.Milliseconds => _context.Latency!.Milliseconds(counts, _context.TextTokens),
        _ => CostModel.KvBytes(_context.Shape, counts, _context.TextTokens),
    };

    private double Flops(ReadOnlySpan<int> counts) => CostModel.Total(_context.Shape, counts, _layout, _context.Accounting);

    private double FullFlops()
    {
        var counts = new int[_context.Shape.Layers];
        Array.Fill(counts, _context.VisionTokens);
        return Flops(counts);
    }
}
