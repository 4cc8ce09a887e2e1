namespace Fovea.Planning.Schedules;

/// <summary>Withdraws all vision tokens before layer K; the parameter is K, rounded down.</summary>
internal sealed class VtwFamily : ScheduleFamily
{
    private readonly int _layers;

    /// <summary>Makes the family at a model's depth.</summary>
    public VtwFamily(int layers) => _layers = layers;

    /// <inheritdoc/>
    public override double Least => 1;

    /// <inheritdoc/>
    public override double Most => _layers;

    /// <inheritdoc/>
    public override int FullLayers => 1;

    /// <inheritdoc/>
    public override int? Floor => 0;

    /// <inheritdoc/>
    public override void Fill(Span<double> rates, double parameter)
    {
        var first = (int)parameter;
        rates[..first].Fill(1);
        rates[first..].Clear();
    }

    /// <inheritdoc/>
    public override ScheduleSpec At(double parameter) => new VtwSpec((int)parameter);
}
