using System.Collections.Immutable;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Intake;

/// <summary>A prompt as the engine takes it.</summary>
/// <param name="Ids">All ids [S], each image expanded to its vision tokens.</param>
/// <param name="Spans">Where the vision tokens of each image stand, in order.</param>
internal sealed record EncodedPrompt(int[] Ids, ImmutableArray<VisionSpan> Spans)
{
    /// <summary>Vision tokens of all images.</summary>
    public int VisionTokens => Spans.Sum(span => span.Length);

    /// <summary>All other tokens.</summary>
    public int TextTokens => Ids.Length - VisionTokens;

    /// <summary>Text tokens after the last vision token.</summary>
    public int InstructionTokens => Spans.IsEmpty ? Ids.Length : Ids.Length - (Spans[^1].Start + Spans[^1].Length);
}
