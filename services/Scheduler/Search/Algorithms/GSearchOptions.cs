namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Says what G-Search looks for and by which shortcuts.</summary>
internal sealed record GSearchOptions
{
    /// <summary>Gets the layers of the model.</summary>
    public required int Layers { get; init; }

    /// <summary>Gets the largest number of vision tokens of a sample, N; counts are found for it.</summary>
    public required int VisionTokens { get; init; }

    /// <summary>Gets the first 0-based layer that may see fewer tokens.</summary>
    /// <value>Default 3; 1 or more.</value>
    public int FirstLayer { get; init; } = 3;

    /// <summary>Gets the fewest tokens of a layer.</summary>
    /// <value>Default 0.</value>
    public int Floor { get; init; }

    /// <summary>Gets the steps that the counts are found to, as N/resolution; 0 finds them to one token.</summary>
    /// <value>Default 0.</value>
    public int Resolution { get; init; }

    /// <summary>Gets the most that the mean loss may grow over that of the full model: a share of answers, or nats.</summary>
    /// <value>Default 0.</value>
    public double Tolerance { get; init; }

    /// <summary>Gets how the tolerance is shared out over the layers.</summary>
    /// <value>Default: each layer may use up all of it.</value>
    public IToleranceSplit Split { get; init; } = new WholeToleranceSplit();

    /// <summary>Gets how candidates are compared with the full model.</summary>
    public required JudgeOptions Judge { get; init; }

    /// <summary>Gets how one layer is searched.</summary>
    /// <value>Default bisection.</value>
    public InnerSearch Inner { get; init; } = InnerSearch.Bisect;

    /// <summary>Gets the most trials of one layer by Bayesian optimisation; more where bisection itself needs more.</summary>
    /// <value>Default 12; 2 or more.</value>
    public int BoTrials { get; init; } = 12;

    /// <summary>Gets the seed of Bayesian optimisation.</summary>
    /// <value>Default 0.</value>
    public ulong Seed { get; init; }

    /// <summary>Gets whether evaluators may keep the work of layers before the one searched.</summary>
    /// <value>Default true.</value>
    public bool UsePrefixReuse { get; init; } = true;

    /// <summary>Gets whether a trial ends once its verdict is certain.</summary>
    /// <value>Default true.</value>
    public bool UseRacing { get; init; } = true;

    /// <summary>Gets whether a layer first tries one step less than the layer before it, and keeps its count if that fails.</summary>
    /// <value>Default true.</value>
    public bool UsePlateauTest { get; init; } = true;
}
