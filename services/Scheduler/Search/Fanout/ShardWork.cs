using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Is a shard that an executor works on.</summary>
/// <param name="Id">Its id, used once in a search.</param>
/// <param name="Executor">The executor.</param>
/// <param name="Samples">Places of its questions among those of the search.</param>
internal sealed record ShardWork(long Id, string Executor, ImmutableArray<int> Samples);
