using System.Collections.Immutable;

namespace Fovea.Executor.Prefill;

/// <summary>Counts what a prefill left of each image.</summary>
internal static class ImageTally
{
    /// <summary>Counts the survivors of each image in each layer.</summary>
    /// <remarks>Example, images of 4 and 2 tokens, 3 layers, kept before layer 1: 1 2 4. The first image counts 4 2 2, the second 2 1 1.</remarks>
    /// <param name="imageTokens">Vision tokens of each image, in prompt order.</param>
    /// <param name="layers">Layers, L.</param>
    /// <param name="kept">For each layer before which tokens were dropped, the surviving indices among all vision tokens.</param>
    /// <returns>[images][L].</returns>
    public static ImmutableArray<ImmutableArray<int>> Of(
        ImmutableArray<int> imageTokens, int layers, ImmutableSortedDictionary<int, ImmutableArray<int>> kept)
    {
        var images = ImmutableArray.CreateBuilder<ImmutableArray<int>>(imageTokens.Length);
        var first = 0;
        foreach (var tokens in imageTokens)
        {
            var counts = new int[layers];
            Array.Fill(counts, tokens);
            foreach (var (layer, indices) in kept)
            {
                Array.Fill(counts, indices.Count(index => index >= first && index < first + tokens), layer, layers - layer);
            }

            images.Add([.. counts]);
            first += tokens;
        }

        return images.MoveToImmutable();
    }
}
