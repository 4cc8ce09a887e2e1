using Fovea.Planning.Schedules;

namespace Fovea.Planning.Policies;

/// <summary>Is one step of an overload ladder, entered when any of its thresholds is reached.</summary>
/// <param name="Waiting">Waiting requests; 0 is no threshold.</param>
/// <param name="KvShare">Share of the executor's KV-cache limit in use; 0 is no threshold.</param>
/// <param name="Budget">Bound on what a request may cost.</param>
public sealed record OverloadTier(int Waiting, double KvShare, Budget Budget);
