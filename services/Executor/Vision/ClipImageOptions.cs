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

    /// <summary>How bytes become numbers.</summary>
    public Normalization Normalization { get; init; } = new(1, [0, 0, 0], [1, 1, 1]);
}
