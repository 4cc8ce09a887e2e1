namespace Fovea.Planning.Schedules;

/// <summary>Evaluates schedules of one family at changing parameters in its own buffers; used by one thread.</summary>
internal sealed class ScheduleTrial
{
    private readonly ScheduleFamily _family;
    private readonly ScheduleContext _context;
    private readonly BudgetMeter _meter;
    private readonly int _floor;
    private readonly double[] _rates;
    private readonly int[] _counts;

    /// <summary>Makes a trial for one request.</summary>
    public ScheduleTrial(ScheduleFamily family, BudgetKind kind, ScheduleContext context)
    {
        _family = family;
        _context = context;
        _meter = new(kind, context);
        _floor = family.Floor ?? context.Floor;
        _rates = new double[context.Shape.Layers];
        _counts = new int[context.Shape.Layers];
    }

    /// <summary>Gets the parameter last moved to.</summary>
    public double Parameter { get; private set; }

    /// <summary>Gets the cost at the parameter last moved to.</summary>
    public double Cost { get; private set; }

    /// <summary>Gets the tokens of all layers together at the parameter last moved to.</summary>
    public long Tokens { get; private set; }

    /// <summary>Computes rates, counts and cost at a parameter.</summary>
    public void Move(double parameter)
    {
        Parameter = parameter;
        _family.Fill(_rates, parameter);
        Count(_rates, _counts);
        Cost = _meter.Measure(_counts);
        Tokens = 0;
        foreach (var count in _counts)
        {
            Tokens += count;
        }
    }

    /// <summary>Returns the present state; <paramref name="saturated"/> says that nothing has to be dropped.</summary>
    public BudgetSolution ToSolution(bool saturated)
    {
        var rates = saturated ? KeepRates.Full(_rates.Length) : KeepRates.Trusted([.. _rates]);
        var counts = new int[_counts.Length];
        Count(rates.AsSpan(), counts);
        return new(_family.At(Parameter), rates, [.. counts], _meter.Measure(counts)) { Floor = _family.Floor };
    }

    private void Count(ReadOnlySpan<double> rates, Span<int> counts)
    {
        if (_context.CountsByImage)
        {
            KeepCounts.Fill(rates, _context.ImageTokens.AsSpan(), _floor, counts);
        }
        else
        {
            KeepCounts.Fill(rates, _context.VisionTokens, _floor, counts);
        }
    }
}
