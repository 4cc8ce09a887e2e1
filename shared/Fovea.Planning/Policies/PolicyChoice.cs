namespace Fovea.Planning.Policies;

/// <summary>Holds which policy and serving were chosen for a request, before any number is computed.</summary>
/// <param name="Policy">The policy that gives floor, scorer and position mode.</param>
/// <param name="Rule">The rule, or null if an override took its place.</param>
/// <param name="Serve">How the request is served.</param>
/// <param name="IsFallback">Whether the built-in policy was used.</param>
internal sealed record PolicyChoice(Policy Policy, ClassRule? Rule, Serving Serve, bool IsFallback)
{
    /// <summary>Gets the store revision of the policy's version; 0 of the built-in policy.</summary>
    public long Revision { get; init; }

    /// <summary>Gets whether the policy's canary was chosen.</summary>
    public bool IsCanary { get; init; }
}
