namespace Fovea.Faults.Histories;

/// <summary>Writes events for people: one line each, without the bodies of messages.</summary>
internal static class HistoryText
{
    /// <summary>Returns the line of an event.</summary>
    public static string Of(HistoryEvent happened) =>
        FormattableString.Invariant($"{happened.Sequence} {happened.At.TotalSeconds:0.0000} {happened.GetType().Name} {Body(happened)}");

    private static string Body(HistoryEvent happened) => happened switch
    {
        HistoryEvent.Sent sent => $"{sent.Attempt} to {sent.Executor}",
        HistoryEvent.Admitted admitted => $"{admitted.Attempt} by {admitted.Message.ExecutorId} {Origin(admitted)}{(admitted.Message.Stale ? " stale" : string.Empty)}",
        HistoryEvent.Completed completed => $"{completed.Attempt} {new Position(completed.Message.Epoch, completed.Message.Revision)} {completed.Message.PlanDigest}",
        HistoryEvent.Failed failed => $"{failed.Attempt} {failed.Code} {failed.Message}",
        HistoryEvent.CommitSent sent => $"{sent.Swap} {sent.Policy.Name} to {sent.Scheduler}",
        HistoryEvent.Committed committed => $"{committed.Swap} {new Position(committed.Stored.Epoch, committed.Stored.Revision)}",
        HistoryEvent.FeedUpdate update => $"{update.Stream} {new Position(update.Snapshot.Epoch, update.Snapshot.Revision)}",
        HistoryEvent.FinalScheduler final => $"{final.Scheduler} {new Position(final.Policies.Epoch, final.Policies.Revision)}",
        HistoryEvent.FinalFleet fleet => $"{fleet.Scheduler} {fleet.Status.ExecutorId} {fleet.Status.Connected} {new Position(fleet.Status.AppliedEpoch, fleet.Status.AppliedRevision)} {fleet.Status.LastNack}",
        HistoryEvent.Told told => $"{told.Version.Name} {told.Version.Revision} {told.Version.Action}",
        _ => happened.ToString() ?? string.Empty,
    };

    private static string Origin(HistoryEvent.Admitted admitted) =>
        admitted.Message.Plan?.Provenance is { } origin ? $"{new Position(origin.Epoch, origin.Revision)} {admitted.Message.Plan.Digest}" : "without a plan";
}
