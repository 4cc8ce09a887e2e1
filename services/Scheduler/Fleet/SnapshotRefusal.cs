namespace Fovea.Scheduler.Fleet;

/// <summary>Is an executor's refusal of a snapshot.</summary>
/// <param name="ExecutorId">Who refused.</param>
/// <param name="Epoch">Epoch of the snapshot.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Message">Why, with every fault.</param>
internal sealed record SnapshotRefusal(string ExecutorId, string Epoch, long Revision, string Message);
