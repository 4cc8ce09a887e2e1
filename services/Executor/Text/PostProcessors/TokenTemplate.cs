namespace Fovea.Executor.Text.PostProcessors;

/// <summary>The ids that go before and after an input when special tokens are asked for.</summary>
/// <param name="Before">Ids before the input, usually one that begins the text.</param>
/// <param name="After">Ids after the input.</param>
internal sealed record TokenTemplate(IReadOnlyList<int> Before, IReadOnlyList<int> After)
{
    /// <summary>The template that adds nothing.</summary>
    public static TokenTemplate Empty { get; } = new([], []);
}
