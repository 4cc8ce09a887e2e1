using System.Collections.Immutable;

namespace Fovea.Planning.Schedules;

/// <summary>Drops before given layers to shares that one factor decides.</summary>
internal sealed class SteppedFamily : ScheduleFamily
{
    private readonly ImmutableArray<int> _layers;
    private readonly Action<Span<double>, double> _shares;
    private readonly Func<double, ImmutableArray<double>, ScheduleSpec> _at;
    private readonly double[] _keep;

    /// <summary>Makes a family.</summary>
    /// <param name="layers">Layers before which tokens are dropped, increasing.</param>
    /// <param name="most">The factor that keeps everything.</param>
    /// <param name="shares">Writes the share kept from each of the layers on, for a factor.</param>
    /// <param name="at">Makes the written form of a factor and its shares.</param>
    public SteppedFamily(
        ImmutableArray<int> layers,
        double most,
        Action<Span<double>, double> shares,
        Func<double, ImmutableArray<double>, ScheduleSpec> at)
    {
        (_layers, Most, _shares, _at) = (layers, most, shares, at);
        _keep = new double[layers.Length];
    }

    /// <inheritdoc/>
    public override double Least => 0;

    /// <inheritdoc/>
    public override double Most { get; }

    /// <inheritdoc/>
    /// <remarks>A share one bit below the next token would reach it when the written form is read again.</remarks>
    public override double Resolution => 1e-9;

    /// <inheritdoc/>
    public override int FullLayers => _layers[0];

    /// <inheritdoc/>
    public override void Fill(Span<double> rates, double parameter)
    {
        _shares(_keep, parameter);
        StageRates.Fill(rates, _layers.AsSpan(), _keep);
    }

    /// <inheritdoc/>
    public override ScheduleSpec At(double parameter)
    {
        _shares(_keep, parameter);
        return _at(parameter, [.. _keep]);
    }
}
