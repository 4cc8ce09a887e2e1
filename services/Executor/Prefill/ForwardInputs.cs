using System.Collections.Immutable;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Prefill;

/// <summary>Raw model inputs, as a processor makes them.</summary>
/// <param name="InputIds">Prompt ids [S], image placeholders expanded.</param>
/// <param name="Images">Preprocessed images, in prompt order.</param>
internal sealed record ForwardInputs(int[] InputIds, IReadOnlyList<PixelValues> Images)
{
    /// <summary>Finds the runs of the image token.</summary>
    public ImmutableArray<VisionSpan> VisionSpans(int imageTokenId)
    {
        var spans = ImmutableArray.CreateBuilder<VisionSpan>();
        for (var i = 0; i < InputIds.Length; i++)
        {
            var start = i;
            while (i < InputIds.Length && InputIds[i] == imageTokenId)
            {
                i++;
            }

            if (i > start)
            {
                spans.Add(new VisionSpan(start, i - start));
            }
        }

        return spans.ToImmutable();
    }
}
