namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Lets the tolerance grow evenly from the first searched layer to the last, which may use up all of it.</summary>
internal sealed class EvenToleranceSplit : IToleranceSplit
{
    /// <inheritdoc/>
    public string Name => "even";

    /// <inheritdoc/>
    public double Share(int layer, int first, int layers) => (layer - first + 1d) / (layers - first);
}
