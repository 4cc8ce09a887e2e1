using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Fovea.Scheduler.Search.Algorithms;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Store;
using DomainRates = Fovea.Planning.Schedules.KeepRates;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Turns what an algorithm found into the search's result: measured in full, reported, and stored.</summary>
internal sealed class SearchFinish
{
    private const int FewestFitted = 3;

    private readonly SearchTools _tools;
    private readonly SearchRecord _record;
    private readonly TrialEvaluator _evaluator;
    private readonly StoreFence _fence;

    /// <summary>Makes the end of a search whose trials are all in its record.</summary>
    public SearchFinish(SearchTools tools, SearchRecord record, TrialEvaluator evaluator, SearchLease lease)
    {
        (_tools, _record, _evaluator) = (tools, record, evaluator);
        _fence = new StoreFence(lease.SearchId, lease.Token);
    }

    /// <summary>Returns the result; its schedules are stored.</summary>
    public async Task<SearchResult> RunAsync(MethodResult found, CancellationToken cancellationToken)
    {
        var start = _tools.Time.GetTimestamp();
        var rates = found.Found.Select(candidate => candidate.Rates).ToList();
        var reports = new ReportRun(_tools, _record);
        var calibration = await reports.OnCalibrationAsync(rates, cancellationToken);
        var heldOut = await reports.OnHeldOutAsync(rates, cancellationToken);
        var result = new SearchResult
        {
            MetricFull = MetricFull(),
            LayerForwards = _record.Full!.LayerForwards + _record.Trials.Sum(tried => tried.Trial.LayerForwards),
            Trials = _record.Trials.Count,
        };
        for (var place = 0; place < rates.Count; place++)
        {
            var schedule = await StoreAsync(found.Found[place], result.MetricFull, cancellationToken);
            schedule.Calibration = calibration[place];
            schedule.HeldOut = place < heldOut.Count ? heldOut[place] : null;
            result.Schedules.Add(schedule);
        }

        if (!found.Table.IsEmpty)
        {
            var largest = new PlanRequest { ImageTokens = [_record.Questions.VisionTokens], TextTokens = _record.Questions.TextTokens };
            result.Table = await _tools.Tables.PutAsync(TableOf(found), largest, cancellationToken, _fence);
        }

        result.Seconds = _record.Full.Seconds + _record.Trials.Sum(tried => tried.Trial.Seconds) + _tools.Time.GetElapsedTime(start).TotalSeconds;
        return result;
    }

    private double MetricFull() =>
        MetricScale.MetricOf(_record.Head.Spec.Metric, new TrialScores(_record.Full!.Losses, _record.Full.LayerForwards).MeanLoss);

    private async Task<FoundSchedule> StoreAsync(FoundCandidate found, double metricFull, CancellationToken cancellationToken)
    {
        var metric = await MeasureAsync(found.Rates, cancellationToken);
        var stored = await _tools.Schedules.PutAsync(ToSchedule(found, ToProvenance(metricFull, metric)), cancellationToken, _fence);
        SearchLog.Found(_tools.Logger, _record.Id, stored.Id, metric);
        var schedule = new FoundSchedule
        {
            ScheduleId = stored.Id,
            Metric = metric,
            Budget = found.Budget is { } budget ? BudgetMapping.ToProto(budget) : null,
            Slope = found.Curve?.Slope ?? 0,
            Amplitude = found.Curve?.Amplitude ?? 0,
            Shift = found.Curve?.Shift ?? 0,
            Fit = FitOf(found.Rates),
        };
        schedule.Rates.AddRange(found.Rates);
        schedule.Counts.AddRange(found.Counts);
        return schedule;
    }

    /// <summary>Returns the metric over all questions: of the full model, of the journal where the trial was not cut short, or measured now.</summary>
    private async Task<double> MeasureAsync(DomainRates rates, CancellationToken cancellationToken)
    {
        if (rates.IsFull)
        {
            return MetricFull();
        }

        var tried = _record.Trials.LastOrDefault(tried => !tried.Trial.Raced && tried.Trial.Rates.SequenceEqual(rates));
        var scores = tried is not null
            ? new TrialScores(tried.Losses, tried.Trial.LayerForwards)
            : await _evaluator.EvaluateAsync(new TrialRequest(0, rates, 0), null, cancellationToken);
        return MetricScale.MetricOf(_record.Head.Spec.Metric, scores.MeanLoss);
    }

    private Schedule ToSchedule(FoundCandidate found, ScheduleProvenance provenance)
    {
        var spec = _record.Head.Spec;
        var name = found.Budget is { } budget ? $"psigmoid {budget} {_record.Id}" : $"gsearch {_record.Id}";
        var schedule = new Schedule
        {
            Name = name,
            Model = spec.Model,
            Floor = spec.Floor,
            Scorer = spec.Scorer,
            Positions = spec.Positions,
            Provenance = provenance,
        };
        schedule.Rates.AddRange(found.Rates);
        return schedule;
    }

    private ScheduleProvenance ToProvenance(double metricFull, double metric)
    {
        var spec = _record.Head.Spec;
        return new ScheduleProvenance
        {
            SearchId = _record.Id,
            ModelRevision = spec.ModelRevision,
            SetDigest = spec.Set.Digest,
            QuestionClass = spec.QuestionClass,
            Metric = MetricScale.NameOf(spec.Metric),
            Tolerance = spec.Tolerance,
            Seed = spec.Seed,
            Scorer = spec.Scorer,
            Positions = spec.Positions,
            MetricFull = metricFull,
            MetricFound = metric,
            Trials = _record.Trials.Count,
            Lossless = spec.Gsearch is not null,
        };
    }

    private SigmoidFit? FitOf(DomainRates rates)
    {
        var first = _record.Head.Spec.FirstLayer;
        if (rates.Count - first < FewestFitted)
        {
            return null;
        }

        var fit = LogisticFit.Fit(rates, first);
        return new SigmoidFit { Slope = fit.Slope, Amplitude = fit.Amplitude, Shift = fit.Shift, Rmse = fit.Rmse };
    }

    private BudgetTable TableOf(MethodResult found)
    {
        var spec = _record.Head.Spec;
        var table = new BudgetTable
        {
            Model = spec.Model,
            ModelRevision = spec.ModelRevision,
            FirstDropLayer = spec.FirstLayer,
            Floor = spec.Floor,
            Scorer = spec.Scorer,
            Positions = spec.Positions,
            SearchId = _record.Id,
        };
        table.Points.AddRange(found.Table.Select(point => new Contracts.V1.BudgetPoint
        {
            MeanKeep = point.MeanKeep,
            Slope = point.Slope,
            Amplitude = point.Amplitude,
        }));
        return table;
    }
}
