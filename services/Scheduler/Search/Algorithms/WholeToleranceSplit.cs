namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Lets each layer use up all that is left (the published algorithm as reconstructed).</summary>
internal sealed class WholeToleranceSplit : IToleranceSplit
{
    /// <inheritdoc/>
    public string Name => "whole";

    /// <inheritdoc/>
    public double Share(int layer, int first, int layers) => 1;
}
