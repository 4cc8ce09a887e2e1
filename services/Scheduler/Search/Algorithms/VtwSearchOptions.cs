namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Says how close VTW must stay to the full model (arXiv 2405.05803).</summary>
/// <param name="Layers">Layers of the model.</param>
/// <param name="VisionTokens">The largest number of vision tokens of a sample.</param>
/// <param name="Threshold">Largest mean KL divergence in nats (eta).</param>
internal sealed record VtwSearchOptions(int Layers, int VisionTokens, double Threshold = VtwSearchOptions.PublishedThreshold)
{
    /// <summary>The threshold published for LLaVA-1.5-7B.</summary>
    public const double PublishedThreshold = 0.003;

    /// <summary>Gets the first layer tried.</summary>
    /// <value>Default 5, as published; 1 or more.</value>
    public int FirstLayer { get; init; } = 5;

    /// <summary>Gets whether a trial ends once its verdict is certain.</summary>
    /// <value>Default true.</value>
    public bool UseRacing { get; init; } = true;
}
