namespace Fovea.Planning.Policies;

/// <summary>Is the version of a policy that serves one request.</summary>
/// <param name="Policy">The policy as that version says it.</param>
/// <param name="Revision">Store revision of the version; 0 if it is not from a store.</param>
/// <param name="IsCanary">Whether the version is on trial.</param>
public sealed record PolicyVersion(Policy Policy, long Revision, bool IsCanary);
