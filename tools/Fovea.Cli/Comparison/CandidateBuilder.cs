using Fovea.Cli.Plans;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Grpc.Core;
using KeepRates = Fovea.Contracts.V1.KeepRates;

namespace Fovea.Cli.Comparison;

/// <summary>Makes the candidates of a comparison: each method's schedule, solved for each budget.</summary>
internal sealed class CandidateBuilder
{
    private const int PoolSide = 2;

    private readonly ServiceSession _scheduler;
    private readonly CompareSubject _subject;
    private readonly CompareRequest _request;
    private readonly List<CompareCandidate> _candidates = [];
    private readonly List<string> _skipped = [];

    /// <summary>Makes a builder over a borrowed session.</summary>
    public CandidateBuilder(ServiceSession scheduler, CompareSubject subject, CompareRequest request)
    {
        _scheduler = scheduler;
        _subject = subject;
        _request = request;
    }

    /// <summary>Gets why a method has no candidate at a budget, one line each.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>Returns the candidates, the one that keeps everything first.</summary>
    public async Task<IReadOnlyList<CompareCandidate>> BuildAsync(CancellationToken cancellationToken)
    {
        AddWritten(new RivalRule(CompareMethod.Full, "full", _request.Scorer, PositionMode.Keep), null);
        for (var index = 0; index < _request.Budgets.Length; index++)
        {
            var budget = _request.Budgets[index];
            await AddPSigmoidAsync(index, cancellationToken);
            foreach (var rule in RivalRules.At(budget, _subject.Shape.Layers, _request))
            {
                AddWritten(rule, budget);
            }
        }

        AddWritten(new RivalRule(CompareMethod.Pool, FormattableString.Invariant($"pool:size={PoolSide}"), _request.Scorer, PositionMode.Keep), null);
        foreach (var id in _request.Schedules)
        {
            _candidates.Add(await StoredAsync(CompareMethod.Stored, id, null, cancellationToken));
        }

        return _candidates;
    }

    /// <summary>Returns the trial of a schedule of rates.</summary>
    public static Candidate Trial(IEnumerable<double> rates, int? floor, Scorer scorer, PositionMode positions = PositionMode.Keep)
    {
        var wire = new KeepRates { Rates = { rates } };
        if (floor is { } least)
        {
            wire.Floor = least;
        }

        return new Candidate { Rates = wire, Scorer = scorer, Positions = positions };
    }

    private async Task AddPSigmoidAsync(int index, CancellationToken cancellationToken)
    {
        var budget = _request.Budgets[index];
        if (!_request.PSigmoidSchedules.IsEmpty)
        {
            _candidates.Add(await StoredAsync(CompareMethod.PSigmoid, _request.PSigmoidSchedules[index], budget, cancellationToken));
            return;
        }

        try
        {
            var answer = await new PlanService.PlanServiceClient(_scheduler.Channel).ExplainAsync(Explain(budget), _scheduler.Call(cancellationToken));
            var rates = answer.Plan.Counts.Select(count => (double)count / answer.Plan.VisionTokens);
            _candidates.Add(new(CompareMethod.PSigmoid, budget, answer.Plan.Provenance?.Spec ?? string.Empty, [Trial(rates, 0, _request.Scorer)]));
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition)
        {
            Skip(CompareMethod.PSigmoid, budget, string.Join("; ", RpcErrorText.Lines(exception)));
        }
    }

    private ExplainRequest Explain(double budget) => new()
    {
        Descriptor_ = new PlanDescriptor
        {
            RequestId = "compare",
            Model = _subject.Model,
            ModelRevision = _subject.Revision,
            ImageTokens = { _subject.VisionTokens },
            TextTokens = _subject.TextTokens,
            Override = new PlanOverride { Budget = new Contracts.V1.Budget { MeanKeep = budget }, Scorer = _request.Scorer },
        },
        Accounting = Accounting.Executed,
    };

    private async Task<CompareCandidate> StoredAsync(CompareMethod method, string text, double? budget, CancellationToken cancellationToken)
    {
        var resolved = await StoredScheduleSource.GetAsync(_scheduler, ScheduleId.Parse(text), cancellationToken);
        return resolved.Rates.Count == _subject.Shape.Layers
            ? new(method, budget, text, [Trial(resolved.Rates, resolved.Floor ?? 0, _request.Scorer)])
            : throw new CliException(ExitCodes.Failed, $"schedule {text} has {resolved.Rates.Count} layers, the model has {_subject.Shape.Layers}");
    }

    private void AddWritten(RivalRule rule, double? budget)
    {
        var spec = ScheduleSpec.Parse(rule.Spec);
        var resolved = spec.IsValid ? spec.Value.Resolve(_subject.Context) : spec.Faults;
        if (!resolved.IsValid)
        {
            Skip(rule.Method, budget, string.Join("; ", resolved.Faults));
            return;
        }

        var trial = Trial(resolved.Value.Rates, resolved.Value.Floor, rule.Scorer, rule.Positions);
        trial.Pool = resolved.Value.Pool;
        var seeds = rule.Scorer == Scorer.Random ? _request.RandomSeeds : 1;
        _candidates.Add(new(rule.Method, budget, rule.Spec, [.. Enumerable.Range(1, seeds).Select(seed => Seeded(trial, seed, seeds))]));
    }

    private static Candidate Seeded(Candidate trial, int seed, int seeds)
    {
        var own = trial.Clone();
        own.Seed = seeds > 1 || trial.Scorer == Scorer.Random ? (ulong)seed : 0;
        return own;
    }

    private void Skip(CompareMethod method, double? budget, string reason) =>
        _skipped.Add(FormattableString.Invariant($"{method.Label}{(budget is null ? string.Empty : $" at {budget}")}: {reason}"));
}
