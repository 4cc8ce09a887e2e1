namespace Fovea.Planning.Schedules;

/// <summary>Moves a sigmoid of given slope and amplitude along the layers.</summary>
internal sealed class SigmoidFamily : ScheduleFamily
{
    // exp(60) is 1e26: rates this far from the shift are 0 or A for any number of tokens.
    private const double Saturation = 60;

    private readonly int _layers;
    private readonly double _slope;
    private readonly double? _amplitude;
    private readonly int _first;

    /// <summary>Makes the family of a spec at a model's depth; the shift is open.</summary>
    public SigmoidFamily(SigmoidBudgetSpec spec, int layers)
    {
        _layers = layers;
        _slope = spec.Slope ?? SigmoidDefaults.Slope(layers);
        _amplitude = spec.Amplitude;
        _first = spec.First;
    }

    /// <inheritdoc/>
    public override double Least => -(Saturation / _slope);

    /// <inheritdoc/>
    public override double Most => _layers + (Saturation / _slope);

    /// <inheritdoc/>
    public override int FullLayers => _first;

    /// <inheritdoc/>
    public override bool ReachesAll => _amplitude is null;

    /// <inheritdoc/>
    public override void Fill(Span<double> rates, double parameter) =>
        SigmoidCurve.Fill(rates, _slope, Amplitude(parameter), parameter, _first);

    /// <inheritdoc/>
    public override ScheduleSpec At(double parameter) =>
        new SigmoidSpec(_slope, ReachesAll && parameter == Most ? 1 : Amplitude(parameter), parameter, _first);

    private double Amplitude(double shift) => _amplitude ?? SigmoidDefaults.Amplitude(_layers, _slope, shift);
}
