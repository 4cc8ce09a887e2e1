using System.Collections.Immutable;

namespace Fovea.Executor.Runtime;

/// <summary>What one image becomes in a prompt.</summary>
/// <param name="Places">Rows of the encoder, each in one place of the prompt.</param>
internal sealed record ImageTokens(int Places)
{
    /// <summary>Runs of vision tokens among the places; the others (line ends) are no vision tokens. All places by default.</summary>
    public ImmutableArray<VisionSpan> Runs { get; init; } = [new VisionSpan(0, Places)];

    /// <summary>Whether the places are one square grid, row by row, whose neighbours may be averaged; not so of tiles.</summary>
    public bool IsSquare { get; init; }

    /// <summary>How the places lie in time and space, where position ids follow that.</summary>
    public PatchGrid? Grid { get; init; }

    /// <summary>Grids that the vision tokens fill one after the other, each row by row; empty for <see cref="Grid"/>, a square, or one line.</summary>
    public ImmutableArray<PatchGrid> Layout { get; init; } = [];

    /// <summary>The grids in any case.</summary>
    public ImmutableArray<PatchGrid> Grids
    {
        get
        {
            var side = (int)Math.Round(Math.Sqrt(VisionTokens));
            return !Layout.IsEmpty ? Layout
                : Grid is { } grid ? [grid]
                : [IsSquare ? new PatchGrid(1, side, side) : new PatchGrid(1, 1, VisionTokens)];
        }
    }

    /// <summary>Vision tokens.</summary>
    public int VisionTokens => Runs.Sum(run => run.Length);
}
