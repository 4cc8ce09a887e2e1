using System.Collections.Immutable;

namespace Fovea.Executor.Runtime;

/// <summary>A prompt as the model reads it: ids, and what stands where the images are.</summary>
/// <param name="InputIds">Prompt ids [S], each image placeholder expanded to its places.</param>
internal sealed record ModelPrompt(int[] InputIds)
{
    /// <summary>Runs of places that the encoder's rows fill, in prompt order.</summary>
    public ImmutableArray<VisionSpan> FeatureSpans { get; init; } = [];

    /// <summary>Runs of vision tokens, in prompt order: the places but for line ends.</summary>
    public ImmutableArray<VisionSpan> VisionSpans { get; init; } = [];

    /// <summary>Vision tokens of each image, in prompt order.</summary>
    public ImmutableArray<int> ImageVisionTokens { get; init; } = [];

    /// <summary>Grids that the vision tokens fill one after the other, each row by row.</summary>
    public ImmutableArray<PatchGrid> VisionGrids { get; init; } = [];

    /// <summary>Position ids, or null for 0, 1, 2, ...</summary>
    public PromptPositions? Positions { get; init; }

    /// <summary>Whether neighbouring vision tokens may be averaged: every image is one square grid.</summary>
    public bool AllowsPooling { get; init; }

    /// <summary>Vision tokens of all images.</summary>
    public int VisionTokens => VisionSpans.Sum(static span => span.Length);

    /// <summary>All other tokens.</summary>
    public int TextTokens => InputIds.Length - VisionTokens;

    /// <summary>Text tokens after the last vision token.</summary>
    public int InstructionTokens => VisionSpans.IsEmpty ? InputIds.Length : InputIds.Length - VisionSpans[^1].Start - VisionSpans[^1].Length;

    /// <summary>Finds the places of the images in expanded ids.</summary>
    /// <remarks>
    /// The k-th occurrence of the image token takes the k-th row of the encoder, whichever image it belongs to. Example, T text, ids
    /// T i i i i i i T with one image of 6 places whose runs are (0, 2) and (3, 2): vision tokens stand at 1 2 and 4 5, and 3 and 6 are
    /// line ends.
    /// </remarks>
    /// <param name="ids">Prompt ids; borrowed.</param>
    /// <param name="imageTokenId">Id that stands for one place.</param>
    /// <param name="images">The images, in prompt order.</param>
    /// <exception cref="ArgumentException">Places and images differ; both counts are named.</exception>
    public static ModelPrompt Of(int[] ids, int imageTokenId, IReadOnlyList<ImageTokens> images)
    {
        var places = Enumerable.Range(0, ids.Length).Where(row => ids[row] == imageTokenId).ToArray();
        var given = images.Sum(image => image.Places);
        if (places.Length != given)
        {
            throw new ArgumentException($"The prompt has places for {places.Length} image tokens, the images give {given}.", nameof(images));
        }

        var vision = new List<int>();
        var grids = new List<(int Start, PatchGrid Grid)>();
        var first = 0;
        foreach (var image in images)
        {
            vision.AddRange(image.Runs.SelectMany(run => places.AsSpan(first + run.Start, run.Length).ToArray()));
            if (image.Grid is { } grid)
            {
                RequireOneRun(places.AsSpan(first, image.Places));
                grids.Add((places[first], grid));
            }

            first += image.Places;
        }

        var layout = images.SelectMany(image => image.Grids).ToImmutableArray();
        if (layout.Sum(grid => grid.Count) != vision.Count)
        {
            throw new ArgumentException($"The images have {vision.Count} vision tokens, their grids hold {layout.Sum(grid => grid.Count)}.", nameof(images));
        }

        return new ModelPrompt(ids)
        {
            FeatureSpans = Runs(places),
            VisionSpans = Runs(vision),
            VisionGrids = layout,
            ImageVisionTokens = [.. images.Select(image => image.VisionTokens)],
            AllowsPooling = images.All(image => image.IsSquare),
            Positions = grids.Count == 0 ? null : PromptPositions.Of(ids.Length, grids),
        };
    }

    private static void RequireOneRun(ReadOnlySpan<int> places)
    {
        if (places[^1] - places[0] != places.Length - 1)
        {
            throw new ArgumentException($"The {places.Length} places of an image stand apart, from {places[0]} to {places[^1]}.", nameof(places));
        }
    }

    private static ImmutableArray<VisionSpan> Runs(IReadOnlyList<int> rows)
    {
        var runs = ImmutableArray.CreateBuilder<VisionSpan>();
        for (var start = 0; start < rows.Count;)
        {
            var end = start + 1;
            while (end < rows.Count && rows[end] == rows[end - 1] + 1)
            {
                end++;
            }

            runs.Add(new VisionSpan(rows[start], end - start));
            start = end;
        }

        return runs.ToImmutable();
    }
}
