using System.Collections.Immutable;

namespace Fovea.Executor.Runtime;

/// <summary>What one image becomes in a prompt.</summary>
/// <param name="Places">Rows of the encoder, each in one place of the prompt.</param>
internal sealed record ImageTokens(int Places)
{
    /// <summary>Runs of vision tokens among the places; the others (line ends) are no vision tokens. All places by default.</summary>
    public ImmutableArray<VisionSpan> Runs { get; init; } = [new VisionSpan(0, Places)];

    /// <summary>How the places lie in time and space, where position ids follow that.</summary>
    public PatchGrid? Grid { get; init; }

    /// <summary>Grids that the vision tokens fill one after the other, each row by row; <see cref="Grid"/>, or one line, by default.</summary>
    public ImmutableArray<PatchGrid> Grids
    {
        get => !field.IsDefault ? field : [Grid ?? new PatchGrid(1, 1, VisionTokens)];
        init;
    }

    /// <summary>Whether neighbours may be averaged: the vision tokens are one square whose position ids do not follow it.</summary>
    public bool IsSquare => Grid is null && Grids is [{ Frames: 1 } only] && only.Rows == only.Columns;

    /// <summary>Vision tokens.</summary>
    public int VisionTokens => Runs.Sum(run => run.Length);
}
