namespace Fovea.Planning.Policies;

/// <summary>Holds which policy and serving were chosen for a request, before any number is computed.</summary>
/// <param name="Policy">The policy that gives floor, scorer and position mode.</param>
/// <param name="RuleClass">Class of the rule, or empty if an override took its place.</param>
/// <param name="Serve">How the request is served.</param>
/// <param name="IsFallback">Whether the built-in policy was used.</param>
internal sealed record PolicyChoice(Policy Policy, string RuleClass, Serving Serve, bool IsFallback);
