using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Fovea.Executor.Planning;

/// <summary>Orders the schedulers of an executor by rendezvous hashing, so that executors spread evenly over them.</summary>
/// <remarks>
/// Each pair of executor and scheduler has a weight of its own; the heaviest comes first. A scheduler that comes or goes therefore moves
/// only those executors that prefer it.
/// </remarks>
internal static class SchedulerOrder
{
    /// <summary>Returns the schedulers, the preferred one first.</summary>
    public static ImmutableArray<SchedulerEndpoint> Of(string executorId, IEnumerable<SchedulerEndpoint> schedulers) =>
        [.. schedulers.OrderByDescending(scheduler => Weight(executorId, scheduler)).ThenBy(scheduler => scheduler.Address.AbsoluteUri, StringComparer.Ordinal)];

    private static ulong Weight(string executorId, SchedulerEndpoint scheduler) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{executorId}\n{scheduler.Address.AbsoluteUri}")));
}
