namespace Fovea.Cli.Charts;

/// <summary>Says how the points of a series are joined.</summary>
internal enum ChartLine
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By straight lines.</summary>
    Solid,

    /// <summary>By dashed straight lines.</summary>
    Dashed,

    /// <summary>By steps: each value holds half a unit to both sides.</summary>
    Steps,
}
