namespace Fovea.Planning.Schedules;

/// <summary>Gives the rates of every layer of one model, and the floor they were made with.</summary>
/// <param name="Rates">Keep rate of each layer.</param>
/// <param name="Floor">Fewest tokens a layer keeps, or null to use the policy's.</param>
public sealed record ResolvedSchedule(KeepRates Rates, int? Floor);
