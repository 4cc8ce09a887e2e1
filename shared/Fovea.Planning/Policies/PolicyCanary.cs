namespace Fovea.Planning.Policies;

/// <summary>Is a new version of a policy on trial.</summary>
/// <param name="Policy">The policy as the trial serves it, of the same name and model.</param>
/// <param name="Share">Share of requests that it serves, above 0 and below 1.</param>
/// <param name="Revision">Store revision at which the trial began.</param>
public sealed record PolicyCanary(Policy Policy, double Share, long Revision);
