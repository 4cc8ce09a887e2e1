using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>A snapshot read from disk.</summary>
/// <param name="Snapshot">The snapshot as the scheduler sent it.</param>
/// <param name="Age">Time since the scheduler last confirmed it.</param>
internal sealed record SavedSnapshot(Snapshot Snapshot, TimeSpan Age);
