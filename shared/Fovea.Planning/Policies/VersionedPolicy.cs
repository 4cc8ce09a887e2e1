namespace Fovea.Planning.Policies;

/// <summary>Is a policy as it is stored, with the version on trial beside it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Revision">Store revision of its last change; 0 if it is not from a store.</param>
/// <param name="Canary">The version on trial, or null.</param>
public sealed record VersionedPolicy(Policy Policy, long Revision = 0, PolicyCanary? Canary = null)
{
    /// <summary>Returns the version that serves a request: the same one wherever and whenever the request is asked for.</summary>
    public PolicyVersion VersionFor(string requestId) =>
        Canary is { } canary && CanaryShare.PointOf(Policy.Name, canary.Revision, requestId) < canary.Share
            ? new PolicyVersion(canary.Policy, canary.Revision, true)
            : new PolicyVersion(Policy, Revision, false);

    /// <summary>Returns the version that does not serve a request while a canary runs; null when none does.</summary>
    public PolicyVersion? VersionBeside(string requestId) =>
        Canary is not { } canary ? null
        : VersionFor(requestId).IsCanary ? new PolicyVersion(Policy, Revision, false)
        : new PolicyVersion(canary.Policy, canary.Revision, true);
}
