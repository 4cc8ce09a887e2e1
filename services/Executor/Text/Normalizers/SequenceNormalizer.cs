namespace Fovea.Executor.Text.Normalizers;

/// <summary>Applies normalizers one after another.</summary>
internal sealed class SequenceNormalizer : INormalizer
{
    private readonly IReadOnlyList<INormalizer> _steps;

    /// <summary>Applies <paramref name="steps"/> in order.</summary>
    public SequenceNormalizer(IReadOnlyList<INormalizer> steps) => _steps = steps;

    /// <inheritdoc/>
    public string Normalize(string text) => _steps.Aggregate(text, static (current, step) => step.Normalize(current));
}
