using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Scores candidates on the questions of a set, spread over all executors that serve the model.</summary>
/// <remarks>
/// One caller at a time. Whatever happens on the links is told through one queue and dealt with here, so that nothing of a trial is
/// touched by two threads: 1 take what has happened, 2 ask whether the rest is wanted, 3 give free executors their next shards.
/// </remarks>
internal sealed class FleetEvaluator : IAsyncDisposable
{
    private readonly FanoutTools _tools;
    private readonly EvaluationTarget _target;
    private readonly FleetLinks _links;
    private readonly OpenLinks _open;
    private readonly SampleAffinity _affinity;
    private readonly ImmutableArray<int> _samples;
    private readonly Dictionary<int, int> _places;
    private readonly ITimer _deserted;
    private Candidate _candidate = new();
    private TrialBoard _board;
    private long _shards;
    private long _forwards;

    /// <summary>Begins to connect to executors.</summary>
    /// <param name="target">What is scored.</param>
    /// <param name="samples">Indices of the questions in the set.</param>
    /// <param name="tools">What the scheduler gives.</param>
    public FleetEvaluator(EvaluationTarget target, ImmutableArray<int> samples, FanoutTools tools)
    {
        (_target, _samples, _tools) = (target, samples, tools);
        _places = samples.Select((sample, place) => (sample, place)).ToDictionary(item => item.sample, item => item.place);
        _affinity = new SampleAffinity(samples.Length);
        _board = new TrialBoard(_affinity, [], 1);
        _links = new FleetLinks(target, tools);
        _open = new OpenLinks(tools.Options.ShardTimeout, tools.Time, link => _links.Tell(new LinkEvent.Stuck(link)));
        _deserted = tools.Time.CreateTimer(
            _ => _links.Tell(new LinkEvent.Deserted()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets how many executors take shards.</summary>
    public int Executors => _open.Count;

    /// <summary>Scores a candidate on all questions, or until the rest is not wanted.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="order">All places of questions, those to be scored first in front.</param>
    /// <param name="isEnough">Is asked after every batch of events, with the scores so far.</param>
    /// <param name="cancellationToken">Ends the trial; its shards are dropped.</param>
    /// <exception cref="SearchFailedException">An executor says that it can never be scored, or no executor is there for too long.</exception>
    public async Task<FleetScores> ScoreAsync(
        Candidate candidate, IReadOnlyList<int> order, Func<FleetScores, bool> isEnough, CancellationToken cancellationToken)
    {
        _candidate = candidate;
        _board = new TrialBoard(_affinity, order, _tools.Options.ShardSamples);
        _forwards = 0;
        try
        {
            TakeAll();
            WatchForDesertion();
            while (!_board.IsComplete)
            {
                HandOut(); // 3
                await _links.Events.WaitToReadAsync(cancellationToken);
                TakeAll(); // 1
                if (isEnough(ToScores())) // 2
                {
                    break;
                }
            }

            return ToScores();
        }
        finally
        {
            DropShards();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _links.DisposeAsync();
        await _deserted.DisposeAsync();
        _open.Dispose();
    }

    private FleetScores ToScores() => new([.. _board.Scores], _forwards);

    private void HandOut()
    {
        bool gave;
        do
        {
            gave = false;
            foreach (var link in _open.Links)
            {
                if (_board.CountOf(link.ExecutorId) < _tools.Options.ShardsInFlight && _board.Take(_shards + 1, link.ExecutorId) is { } shard)
                {
                    _shards++;
                    link.Send(new EvaluateRequest { Shard = ToShard(shard) });
                    _open.Watch(link.ExecutorId, hasShards: true);
                    gave = true;
                }
            }
        }
        while (gave);
    }

    private Shard ToShard(ShardWork work)
    {
        var shard = new Shard { Id = work.Id, Candidate = _candidate };
        shard.Samples.AddRange(work.Samples.Select(place => _samples[place]));
        return shard;
    }

    private void DropShards()
    {
        foreach (var shard in _board.Shards)
        {
            _open.Find(shard.Executor)?.Send(new EvaluateRequest { DropShard = shard.Id });
        }

        foreach (var executor in _open.Ids)
        {
            _open.Watch(executor, hasShards: false);
        }

        _board = new TrialBoard(_affinity, [], 1);
        _deserted.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void TakeAll()
    {
        while (_links.Events.TryRead(out var happened))
        {
            Take(happened);
        }
    }

    private void Take(LinkEvent happened)
    {
        switch (happened)
        {
            case LinkEvent.Opened:
                Join(happened.Link);
                break;
            case LinkEvent.Lost:
                Leave(happened.Link);
                break;
            case LinkEvent.Scored scored:
                Record(scored.Link, scored.Score);
                break;
            case LinkEvent.Done done:
                Finish(done.Link, done.Shard);
                break;
            case LinkEvent.Failed failed:
                Fail(failed.Link, failed.Failure);
                break;
            case LinkEvent.Refused refused:
                throw new SearchFailedException($"executor '{refused.Link.ExecutorId}' refuses: {refused.Status.Detail}");
            case LinkEvent.Stuck when _open.Find(happened.Link.ExecutorId) == happened.Link && _board.CountOf(happened.Link.ExecutorId) > 0:
                FanoutLog.Stuck(_tools.Logger, happened.Link.ExecutorId, _tools.Options.ShardTimeout);
                happened.Link.Reset();
                break;
            case LinkEvent.Deserted when _open.Count == 0:
                throw new SearchFailedException(
                    $"no executor with model '{_target.Model}' revision {_target.ModelRevision} and set {_target.SetDigest} was there"
                    + $" for {_tools.Options.ExecutorTimeout} (Search:ExecutorTimeout)");
        }
    }

    private void Join(ExecutorLink link)
    {
        _open.Add(link);
        _affinity.Share(_open.Ids);
        WatchForDesertion();
        FanoutLog.LinkOpened(_tools.Logger, link.ExecutorId, _target.SetDigest, _open.Count);
    }

    private void Leave(ExecutorLink link)
    {
        if (!_open.Remove(link))
        {
            return;
        }

        _affinity.Share(_open.Ids);
        WatchForDesertion();
        Rerun(link, _board.Lose(link.ExecutorId));
    }

    private void Record(ExecutorLink link, SampleScore score)
    {
        if (!_places.TryGetValue(score.Sample, out var place) || !_board.Record(score.Shard, place, score))
        {
            return;
        }

        _forwards += score.LayerForwards;
        _open.Watch(link.ExecutorId, hasShards: true);
        _tools.Metrics.SampleScored();
    }

    private void Finish(ExecutorLink link, long shard)
    {
        if (_board.Finish(shard) is not { } unscored)
        {
            return;
        }

        _open.Watch(link.ExecutorId, _board.CountOf(link.ExecutorId) > 0);
        Rerun(link, unscored);
        if (unscored == 0)
        {
            link.Prosper();
        }
    }

    private void Fail(ExecutorLink link, ShardFailed failure)
    {
        if (!_board.Shards.Any(shard => shard.Id == failure.Shard))
        {
            return;
        }

        FanoutLog.ShardNotScored(_tools.Logger, link.ExecutorId, failure.Code, failure.Message);
        if (!IsPassing((StatusCode)failure.Code))
        {
            throw new SearchFailedException($"executor '{link.ExecutorId}' cannot score: {failure.Message} ({(StatusCode)failure.Code})");
        }

        link.Reset();
    }

    private static bool IsPassing(StatusCode code) =>
        code is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded;

    private void Rerun(ExecutorLink link, int samples)
    {
        if (samples == 0)
        {
            return;
        }

        FanoutLog.Rerun(_tools.Logger, samples, link.ExecutorId);
        _tools.Metrics.Rerun(samples);
        if (_board.MostLosses > _tools.Options.MaxLosses)
        {
            throw new SearchFailedException(
                $"a question was lost with its executor {_board.MostLosses} times in one trial (Search:MaxLosses), last by '{link.ExecutorId}'");
        }
    }

    private void WatchForDesertion() =>
        _deserted.Change(_open.Count == 0 ? _tools.Options.ExecutorTimeout : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
