using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Holds a policy as a file gives it; rules that name a file of rates have no schedule id yet.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Schedules">Schedules to store first, by the index of their rule.</param>
internal sealed record PolicyDraft(Policy Policy, IReadOnlyDictionary<int, Schedule> Schedules);
