using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Is something that happened on the link to an executor.</summary>
/// <param name="Link">The link.</param>
internal abstract record LinkEvent(ExecutorLink Link)
{
    /// <summary>The executor takes shards.</summary>
    internal sealed record Opened(ExecutorLink Link) : LinkEvent(Link);

    /// <summary>The executor takes no shards any more; what it had is lost.</summary>
    internal sealed record Lost(ExecutorLink Link) : LinkEvent(Link);

    /// <summary>A question was scored.</summary>
    internal sealed record Scored(ExecutorLink Link, SampleScore Score) : LinkEvent(Link);

    /// <summary>A shard is finished.</summary>
    internal sealed record Done(ExecutorLink Link, long Shard) : LinkEvent(Link);

    /// <summary>A shard cannot be scored.</summary>
    internal sealed record Failed(ExecutorLink Link, ShardFailed Failure) : LinkEvent(Link);

    /// <summary>The executor finds what it is asked wrong in itself, so no other one would do it.</summary>
    internal sealed record Refused(ExecutorLink Link, Status Status) : LinkEvent(Link);

    /// <summary>The executor has shards and gave no score in time.</summary>
    internal sealed record Stuck(ExecutorLink Link) : LinkEvent(Link);

    /// <summary>No executor took shards for too long.</summary>
    internal sealed record Deserted() : LinkEvent((ExecutorLink)null!);
}
