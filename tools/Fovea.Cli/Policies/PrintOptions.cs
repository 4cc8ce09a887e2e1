namespace Fovea.Cli.Policies;

/// <summary>Says how a change of a policy is printed.</summary>
/// <param name="WantsJson">Whether as JSON.</param>
/// <param name="IsDryRun">Whether nothing was changed.</param>
/// <param name="WantsDiff">Whether with the lines that differ.</param>
/// <param name="Past">Verb for a change, e.g. <c>applied</c>.</param>
/// <param name="Conditional">Verb for a dry run, e.g. <c>would change</c>.</param>
internal sealed record PrintOptions(bool WantsJson, bool IsDryRun, bool WantsDiff, string Past, string Conditional);
