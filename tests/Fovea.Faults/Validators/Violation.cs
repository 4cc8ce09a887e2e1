namespace Fovea.Faults.Validators;

/// <summary>One breach of one guarantee.</summary>
/// <param name="Guarantee">Name of the guarantee.</param>
/// <param name="Sequence">Where in the history it shows.</param>
/// <param name="Message">What is wrong, with the values.</param>
internal sealed record Violation(string Guarantee, long Sequence, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Guarantee} at {Sequence}: {Message}");
}
