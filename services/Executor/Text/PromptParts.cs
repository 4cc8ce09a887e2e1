namespace Fovea.Executor.Text;

/// <summary>A prompt as an ordered list of parts.</summary>
/// <param name="Parts">Text and tokens in reading order.</param>
internal sealed record PromptParts(IReadOnlyList<PromptPart> Parts)
{
    /// <summary>
    /// Ids that text may not become although their tokens are not marked special, such as the image placeholder of some checkpoints.
    /// </summary>
    public IReadOnlySet<int> Reserved { get; init; } = new HashSet<int>();
}
