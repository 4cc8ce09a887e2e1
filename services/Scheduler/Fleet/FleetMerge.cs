using Fovea.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace Fovea.Scheduler.Fleet;

/// <summary>Joins what several schedulers know of executors.</summary>
internal static class FleetMerge
{
    /// <summary>
    /// Returns one status of each executor, by id: that of its newest session, which is told by the executor's own clock, so an
    /// executor that moved is shown where it is now.
    /// </summary>
    public static IReadOnlyList<ExecutorStatus> Of(IEnumerable<ExecutorStatus> statuses) =>
    [
        .. statuses.GroupBy(status => status.ExecutorId, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(Started).ThenBy(status => status.SilentSeconds).ThenByDescending(status => status.Connected).First())
            .OrderBy(status => status.ExecutorId, StringComparer.Ordinal),
    ];

    /// <summary>Returns a copy of a status that was made some time ago.</summary>
    public static ExecutorStatus Aged(ExecutorStatus status, TimeSpan age)
    {
        var aged = status.Clone();
        aged.SilentSeconds += age.TotalSeconds;
        return aged;
    }

    /// <summary>Tells whether two lists show the same but for loads and silence, which change all the time.</summary>
    public static bool AreAlike(IReadOnlyList<ExecutorStatus> one, IReadOnlyList<ExecutorStatus> other) =>
        one.Select(Lasting).SequenceEqual(other.Select(Lasting));

    private static Timestamp Started(ExecutorStatus status) => status.SessionStarted ?? new Timestamp();

    private static ExecutorStatus Lasting(ExecutorStatus status)
    {
        var lasting = status.Clone();
        (lasting.Load, lasting.SilentSeconds) = (null, 0);
        return lasting;
    }
}
