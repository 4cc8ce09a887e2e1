namespace Fovea.Scheduler.Policies;

/// <summary>Holds the parts that serve PolicyService.</summary>
/// <param name="Apply">Creates and replaces.</param>
/// <param name="Rollback">Stores earlier versions again.</param>
/// <param name="Removal">Removes.</param>
/// <param name="Canaries">Ends canaries.</param>
/// <param name="History">Reads history.</param>
/// <param name="Watch">Streams changes.</param>
internal sealed record PolicyParts(
    PolicyApply Apply, PolicyRollback Rollback, PolicyRemoval Removal, CanaryEnding Canaries, PolicyHistoryReader History, PolicyWatch Watch);
