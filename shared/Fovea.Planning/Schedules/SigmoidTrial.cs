
namespace Fovea.Planning.Schedules;

/// <summary>Evaluates one sigmoid at changing shifts in its own buffers; used by one thread.</summary>
internal sealed class SigmoidTrial
{
    private readonly SigmoidBudgetSpec _spec;
    private readonly ScheduleContext _context;
    private readonly BudgetMeter _meter;
    private readonly double _slope;
    private readonly double[] _rates;
    private readonly int[] _counts;
    private double _shift;

    /// <summary>Makes a trial for one request.</summary>
    public SigmoidTrial(SigmoidBudgetSpec spec, double slope, ScheduleContext context)
    {
        _spec = spec;
        _context = context;
        _slope = slope;
        _meter = new(spec.Budget.Kind, context);
        _rates = new double[context.Shape.Layers];
        _counts = new int[context.Shape.Layers];
    }

    /// <summary>Gets the cost at the shift last moved to.</summary>
    public double Cost { get; private set; }

    /// <summary>Gets the tokens of all layers together at the shift last moved to.</summary>
    public long Tokens { get; private set; }

    private double Amplitude => _spec.Amplitude ?? SigmoidDefaults.Amplitude(_rates.Length, _slope, _shift);

    /// <summary>Computes rates, counts and cost at a shift.</summary>
    public void Move(double shift)
    {
        _shift = shift;
        SigmoidCurve.Fill(_rates, _slope, Amplitude, shift, _spec.First);
        KeepCounts.Fill(_rates, _context.VisionTokens, _context.Floor, _counts);
        Cost = _meter.Measure(_counts);
        Tokens = 0;
        foreach (var count in _counts)
        {
            Tokens += count;
        }
    }

    /// <summary>Returns the present state; <paramref name="saturated"/> says that nothing has to be dropped.</summary>
    public SigmoidSolution ToSolution(bool saturated)
    {
        var rates = saturated ? KeepRates.Full(_rates.Length) : KeepRates.Trusted([.. _rates]);
        var curve = new SigmoidSpec(_slope, saturated ? 1 : Amplitude, _shift, _spec.First);
        var counts = KeepCounts.From(rates, _context.VisionTokens, _context.Floor);
        return new(curve, rates, counts, _meter.Measure(counts.AsSpan()));
    }
}
