using System.Collections.Immutable;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>How an image is laid on a canvas and cut into tiles.</summary>
/// <param name="Size">Side of a tile, in pixels; every canvas is made of whole tiles.</param>
/// <param name="Canvases">Sizes to choose from, in order of preference.</param>
internal sealed record AnyResolutionOptions(int Size, ImmutableArray<ImageSize> Canvases)
{
    /// <summary>Filter of the resize.</summary>
    public ResampleFilter Filter { get; init; } = ResampleFilter.Bicubic;

    /// <summary>How bytes become numbers.</summary>
    public Normalization Normalization { get; init; } = Normalization.Clip;
}
