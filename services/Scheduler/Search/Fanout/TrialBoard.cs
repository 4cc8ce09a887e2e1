using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Keeps the books of one trial: which questions wait, which are in work, and what they scored.</summary>
/// <remarks>Used by one thread at a time. A question is counted once, whoever scores it, however often.</remarks>
internal sealed class TrialBoard
{
    private readonly SampleAffinity _affinity;
    private readonly List<int> _waiting;
    private readonly Dictionary<long, ShardWork> _shards = [];
    private readonly SampleScore?[] _scores;
    private readonly int[] _losses;
    private readonly int _shardSamples;

    /// <summary>Begins a trial.</summary>
    /// <param name="affinity">Which executor each question goes to first.</param>
    /// <param name="order">All questions, those that are to come first in front.</param>
    /// <param name="shardSamples">Most questions of a shard.</param>
    public TrialBoard(SampleAffinity affinity, IReadOnlyList<int> order, int shardSamples)
    {
        _affinity = affinity;
        _waiting = [.. order];
        _scores = new SampleScore?[order.Count];
        _losses = new int[order.Count];
        _shardSamples = shardSamples;
    }

    /// <summary>Gets the score of each question; null where there is none.</summary>
    public IReadOnlyList<SampleScore?> Scores => _scores;

    /// <summary>Gets how many questions are scored.</summary>
    public int Scored { get; private set; }

    /// <summary>Gets whether all are.</summary>
    public bool IsComplete => Scored == _scores.Length;

    /// <summary>Gets the shards in work.</summary>
    public IReadOnlyCollection<ShardWork> Shards => _shards.Values;

    /// <summary>Gets the most often that one question was lost with its executor.</summary>
    public int MostLosses { get; private set; }

    /// <summary>
    /// Gives an executor its next shard: questions of its own, and when there are none left, the last ones of whoever has most waiting.
    /// Null when nothing waits.
    /// </summary>
    public ShardWork? Take(long id, string executor)
    {
        var own = _waiting.Where(sample => _affinity.OwnerOf(sample) == executor).Take(_shardSamples).ToList();
        var samples = own.Count > 0 ? own : Steal();
        if (samples.Count == 0)
        {
            return null;
        }

        _waiting.RemoveAll(samples.Contains);
        var shard = new ShardWork(id, executor, [.. samples]);
        _shards.Add(id, shard);
        return shard;
    }

    /// <summary>Returns how many shards an executor has.</summary>
    public int CountOf(string executor) => _shards.Values.Count(shard => shard.Executor == executor);

    /// <summary>Records a score; false, with nothing changed, unless it is the first one of a question in one of the trial's shards.</summary>
    public bool Record(long shard, int sample, SampleScore score)
    {
        if (!_shards.TryGetValue(shard, out var work) || !work.Samples.Contains(sample) || _scores[sample] is not null)
        {
            return false;
        }

        _scores[sample] = score;
        Scored++;
        return true;
    }

    /// <summary>Ends a shard; its questions that have no score wait again. Returns how many those are, null for a shard of another trial.</summary>
    public int? Finish(long shard) => _shards.Remove(shard, out var work) ? PutBack(work) : null;

    /// <summary>Ends the shards of an executor; their questions that have no score wait again. Returns how many those are.</summary>
    public int Lose(string executor)
    {
        var lost = _shards.Values.Where(shard => shard.Executor == executor).ToList();
        lost.ForEach(shard => _shards.Remove(shard.Id));
        return lost.Sum(PutBack);
    }

    private int PutBack(ShardWork shard)
    {
        var unscored = shard.Samples.Where(sample => _scores[sample] is null).ToList();
        foreach (var sample in unscored)
        {
            MostLosses = Math.Max(MostLosses, ++_losses[sample]);
        }

        _waiting.InsertRange(0, unscored);
        return unscored.Count;
    }

    private List<int> Steal()
    {
        var richest = _waiting.GroupBy(_affinity.OwnerOf, StringComparer.Ordinal).MaxBy(group => group.Count())?.ToList() ?? [];
        var count = Math.Min(_shardSamples, (richest.Count + 1) / 2);
        return richest[^count..];
    }
}
