using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Merges text embeddings and vision features into one sequence.</summary>
internal static class PromptEmbedder
{
    /// <summary>Embeds the ids and puts features in their places.</summary>
    /// <param name="model">Looks up text embeddings.</param>
    /// <param name="ids">Prompt ids [S]; what stands in those places is not read.</param>
    /// <param name="spans">Places of the features, in prompt order.</param>
    /// <param name="features">Borrowed [places, C], or null without images.</param>
    /// <returns>Owned [S, C].</returns>
    /// <exception cref="ArgumentException">Places and features differ in number; both are named.</exception>
    public static Tensor Embed(ILanguageModel model, ReadOnlySpan<int> ids, ImmutableArray<VisionSpan> spans, Tensor? features)
    {
        var places = spans.Sum(span => span.Length);
        var given = features is null ? 0 : (int)features.shape[0];
        if (places != given)
        {
            throw new ArgumentException($"The prompt has places for {places} vision tokens, the images give {given}.", nameof(features));
        }

        using var scope = torch.NewDisposeScope();
        var embedded = model.Embed(torch.tensor<long>(TextIds(ids, spans), [ids.Length]).to(model.Device)); // [S, C]
        var taken = 0;
        foreach (var span in spans)
        {
            embedded.narrow(0, span.Start, span.Length).copy_(features!.narrow(0, taken, span.Length));
            taken += span.Length;
        }

        return embedded.MoveToOuterDisposeScope(); // [S, C]
    }

    private static long[] TextIds(ReadOnlySpan<int> ids, ImmutableArray<VisionSpan> spans)
    {
        var text = new long[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            text[i] = ids[i];
        }

        // The placeholder's id may lie beyond the embedding table.
        foreach (var span in spans)
        {
            text.AsSpan(span.Start, span.Length).Clear();
        }

        return text;
    }
}
