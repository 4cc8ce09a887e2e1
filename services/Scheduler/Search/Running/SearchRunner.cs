using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Algorithms;
using Fovea.Scheduler.Search.Fanout;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Store;
using Grpc.Core;
using DomainRates = Fovea.Planning.Schedules.KeepRates;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Runs one search from where its journal ends.</summary>
/// <remarks>
/// 1 measure the full model unless that is in the journal, 2 run the algorithm: trials in the journal are answered from it, each new
/// one is added to it, 3 measure and store what was found, 4 add how it ended.
/// </remarks>
internal sealed class SearchRunner
{
    private readonly SearchTools _tools;
    private readonly SearchLease _lease;
    private readonly LiveSearch _live;
    private readonly CancellationTokenSource _stop = new();
    private int _reason;

    /// <summary>Makes the runner that holds a search's lease.</summary>
    public SearchRunner(SearchTools tools, SearchLease lease, LiveSearch live)
    {
        (_tools, _lease, _live) = (tools, lease, live);
    }

    /// <summary>Gets the search's state for watchers.</summary>
    public LiveSearch Live => _live;

    /// <summary>Gets a task that completes when the search has ended or was stopped; it never fails.</summary>
    public Task Completed { get; private set; } = Task.CompletedTask;

    private StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    private SearchRecord Record => _tools.Searches.Read(_lease.SearchId)!;

    /// <summary>Begins.</summary>
    public void Start() => Completed = Task.Run(RunAsync);

    /// <summary>Ends the search before its end; the first reason counts. The entry that is being written is still written.</summary>
    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) == (int)StopReason.None)
        {
            _stop.Cancel();
        }
    }

    private async Task RunAsync()
    {
        await using var keeper = new LeaseKeeper(_tools.Searches, _lease, _tools.Options.Lease, _tools.Time, Stop);
        SearchEntry.Turned end;
        try
        {
            SearchLog.Running(_tools.Logger, _lease.SearchId, Record.Head.Spec.Model, _lease.Token, Record.Trials.Count);
            end = _tools.Turned(SearchStatus.Done, result: await SearchAsync(_stop.Token));
        }
        catch (Exception exception)
        {
            end = EndOf(exception);
        }

        await EndAsync(end);
    }

    private async Task<SearchResult> SearchAsync(CancellationToken cancellationToken)
    {
        var (spec, questions) = (Record.Head.Spec, Record.Questions);
        var isPlain = spec.Gsearch is { NoPrefixReuse: true };
        var target = new EvaluationTarget(spec.Model, spec.ModelRevision, spec.Set.Digest, spec.Metric, isPlain);
        await using var fleet = new FleetEvaluator(target, questions.Samples, _tools.Fanout);
        var board = new SearchProgressBoard(_live, Record, _tools, () => fleet.Executors);
        var order = new SampleOrder(questions.Samples.Length, spec.Seed);
        var evaluator = new TrialEvaluator(fleet, spec, order, _tools.Time, board.Score);
        var model = Model(spec);
        await MeasureFullAsync(evaluator, board, model, cancellationToken); // 1
        order.LearnFull(Record.Full!.Losses);
        Record.Trials.ForEach(tried => order.Learn(tried.Losses));
        var observer = new JournalObserver(_tools, _lease, evaluator, board);
        var latency = _tools.Costs.Find(spec.Model, spec.ModelRevision);
        var context = new MethodContext(Record, model, Record.Full.Losses, latency, WarmStart(spec), evaluator, observer);
        var found = spec.Gsearch is not null // 2
            ? await GSearchMethod.RunAsync(context, cancellationToken)
            : await PSigmoidMethod.RunAsync(context, cancellationToken);
        return await new SearchFinish(_tools, Record, evaluator, _lease).RunAsync(found, cancellationToken); // 3
    }

    private async Task MeasureFullAsync(TrialEvaluator evaluator, SearchProgressBoard board, ModelProfile model, CancellationToken cancellationToken)
    {
        board.Show(Record);
        if (Record.Full is not null)
        {
            return;
        }

        var request = new TrialRequest(0, DomainRates.Full(model.Shape.Layers), Record.Head.Spec.FirstLayer);
        var scores = await evaluator.EvaluateAsync(request, null, cancellationToken);
        var entry = new SearchEntry.Measured(scores.Losses, scores.LayerForwards, evaluator.LastDuration.TotalSeconds);
        board.Show(await _tools.Searches.AppendAsync(_lease, entry, CancellationToken.None));
    }

    private ModelProfile Model(SearchSpec spec)
    {
        var known = _tools.Store.Current.Models.GetValueOrDefault(spec.Model)
            ?? throw new SearchFailedException($"model '{spec.Model}' is not known any more");
        return ModelProfileMapping.ToDomain(known).Require();
    }

    private DomainRates? WarmStart(SearchSpec spec)
    {
        if (spec.Psigmoid is not { WarmStartSchedule.Length: > 0 } psigmoid)
        {
            return null;
        }

        var schedule = _tools.Store.Current.Schedules.GetValueOrDefault(psigmoid.WarmStartSchedule)
            ?? throw new SearchFailedException($"schedule {psigmoid.WarmStartSchedule} to start from is not stored any more");
        return DomainRates.Create(schedule.Rates.ToArray()).Require();
    }

    private SearchEntry.Turned EndOf(Exception exception)
    {
        switch (exception)
        {
            case StaleTokenException or FencedException:
                Stop(StopReason.LeaseLost);
                return _tools.Turned(SearchStatus.Interrupted);
            case OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } when Reason != StopReason.None:
                return _tools.Turned(Reason == StopReason.Cancelled ? SearchStatus.Cancelled : SearchStatus.Interrupted);
            case SearchFailedException or StoreUnavailableException:
                SearchLog.Failed(_tools.Logger, _lease.SearchId, exception.Message);
                return _tools.Turned(SearchStatus.Failed, exception.Message);
            case RpcException refused:
                SearchLog.Failed(_tools.Logger, _lease.SearchId, refused.Status.Detail);
                return _tools.Turned(SearchStatus.Failed, refused.Status.Detail);
            default:
                SearchLog.Broke(_tools.Logger, exception, _lease.SearchId);
                return _tools.Turned(SearchStatus.Failed, $"internal fault: {exception.Message}");
        }
    }

    /// <summary>Adds the end to the journal and shows it; a runner whose lease was lost writes nothing.</summary>
    private async Task EndAsync(SearchEntry.Turned end) // 4
    {
        var record = Record;
        try
        {
            if (Reason != StopReason.LeaseLost)
            {
                record = await _tools.Searches.AppendAsync(_lease, end, CancellationToken.None);
                await _tools.Searches.ReleaseAsync(_lease, CancellationToken.None);
            }
        }
        catch (StaleTokenException exception)
        {
            SearchLog.LeaseLost(_tools.Logger, _lease.SearchId, exception.Message);
        }
        catch (StoreUnavailableException exception)
        {
            SearchLog.EndNotStored(_tools.Logger, exception, _lease.SearchId);
            record = record.With(_lease.Token, end);
        }

        SearchLog.Ended(_tools.Logger, _lease.SearchId, record.Head.Status, record.Trials.Count);
        var last = record.Head.Clone();
        last.Progress = _live.Newest.Search.Progress?.Clone() ?? last.Progress;
        _live.Publish(new SearchUpdate { Search = last });
    }
}
