using System.Collections.Immutable;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text;

/// <summary>A prompt as the model reads it.</summary>
/// <param name="InputIds">Ids, each image placeholder repeated once for each of its vision tokens.</param>
/// <param name="VisionSpans">Where the images stand, in order.</param>
internal sealed record EncodedPrompt(int[] InputIds, ImmutableArray<VisionSpan> VisionSpans)
{
    /// <summary>Vision tokens of all images.</summary>
    public int VisionTokens => VisionSpans.Sum(static span => span.Length);

    /// <summary>All other tokens.</summary>
    public int TextTokens => InputIds.Length - VisionTokens;
}
