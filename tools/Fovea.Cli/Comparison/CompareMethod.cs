namespace Fovea.Cli.Comparison;

/// <summary>Is one way to drop vision tokens.</summary>
/// <param name="Key">Name in JSON, e.g. <c>fastv</c>.</param>
/// <param name="Label">Name for people.</param>
internal sealed record CompareMethod(string Key, string Label)
{
    /// <summary>Keeps everything.</summary>
    public static readonly CompareMethod Full = new("full", "full");

    /// <summary>The sigmoid under a budget.</summary>
    public static readonly CompareMethod PSigmoid = new("psigmoid", "P-Sigmoid");

    /// <summary>Stored schedules, e.g. of G-Search.</summary>
    public static readonly CompareMethod Stored = new("schedule", "schedule");

    /// <summary>One rate from the first layer on, ranked as P-Sigmoid ranks.</summary>
    public static readonly CompareMethod Flat = new("flat", "flat");

    /// <summary>One rate from the first layer on, ranked by chance.</summary>
    public static readonly CompareMethod Random = new("random", "random");

    /// <summary>FastV by its published rule.</summary>
    public static readonly CompareMethod FastV = new("fastv", "FastV");

    /// <summary>FastV, ranked as P-Sigmoid ranks.</summary>
    public static readonly CompareMethod FastVSame = new("fastv-same-scorer", "FastV, same scorer");

    /// <summary>PyramidDrop by its published rule.</summary>
    public static readonly CompareMethod PDrop = new("pdrop", "PyramidDrop");

    /// <summary>PyramidDrop, ranked as P-Sigmoid ranks.</summary>
    public static readonly CompareMethod PDropSame = new("pdrop-same-scorer", "PyramidDrop, same scorer");

    /// <summary>VTW with its layer solved for the budget.</summary>
    public static readonly CompareMethod Vtw = new("vtw", "VTW");

    /// <summary>VTW with the layer that its own search finds.</summary>
    public static readonly CompareMethod VtwSearched = new("vtw-searched", "VTW, KL search");

    /// <summary>SparseVLM by its published rule.</summary>
    public static readonly CompareMethod SparseVlm = new("sparsevlm", "SparseVLM");

    /// <summary>The average of neighbouring tokens before the first layer.</summary>
    public static readonly CompareMethod Pool = new("pool", "pooling 2x2");
}
