namespace Fovea.Executor.Vision;

/// <summary>What a preprocessor_config.json asks to be done to an image, in this order.</summary>
internal sealed record ClipImageOptions
{
    /// <summary>Side that the shorter edge is brought to, or null.</summary>
    public int? ShortestEdge { get; init; }

    /// <summary>Exact size the image is brought to, or null.</summary>
    public (int Width, int Height)? ExactSize { get; init; }

    /// <summary>Filter of the resize.</summary>
    public ResampleFilter Filter { get; init; } = ResampleFilter.Bicubic;

    /// <summary>Size of the middle part that is cut out, or null for no cut.</summary>
    public (int Width, int Height)? Crop { get; init; }

    /// <summary>Factor on the byte values; 1 for none.</summary>
    public double RescaleFactor { get; init; } = 1;

    /// <summary>What is subtracted from red, green and blue.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0, 0, 0];

    /// <summary>What red, green and blue are divided by after that; none is 0.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [1, 1, 1];
}
