namespace Fovea.Executor.Text.Slow;

/// <summary>How a slow tokenizer tells its special tokens apart when it decodes.</summary>
/// <param name="Named">Contents that stand inside a group of pieces.</param>
/// <param name="Separate">Contents that end a group.</param>
internal sealed record TokenGroups(IReadOnlySet<string> Named, IReadOnlySet<string> Separate);
