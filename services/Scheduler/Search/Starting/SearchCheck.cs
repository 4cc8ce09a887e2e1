using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Checks a request to search: by itself, against the fleet, and against the questions; tells every fault at once.</summary>
internal sealed class SearchCheck
{
    private readonly FleetSurvey _survey;
    private readonly ISchedulerStore _store;
    private readonly CostMeasurement _costs;
    private readonly SearchOptions _options;

    /// <summary>Makes the check.</summary>
    public SearchCheck(FleetSurvey survey, ISchedulerStore store, CostMeasurement costs, SearchOptions options)
    {
        (_survey, _store, _costs, _options) = (survey, store, costs, options);
    }

    /// <summary>Returns the search that can be started.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, NOT_FOUND or FAILED_PRECONDITION with every fault.</exception>
    public async Task<StartableSearch> RequireAsync(StartSearchRequest request, CancellationToken cancellationToken)
    {
        var faults = new SearchFaults();
        if (!Names.IsValid(request.RequestId))
        {
            faults.Invalid("requestId", $"'{request.RequestId}' must be 1 to {Names.MaxLength} letters, digits or ._-/:");
        }

        if (request.Spec is null)
        {
            faults.Invalid("spec", "is missing");
            throw RpcFaults.ToException(faults.All);
        }

        var spec = SpecDefaults.Fill(request.Spec);
        SpecCheck.Check(spec, faults);
        var executors = await ChooseAsync(spec, faults, cancellationToken);
        var set = await ReadAsync(spec.Set, "spec.set", executors, faults, cancellationToken);
        var heldOut = spec.HeldOut is null ? null : await ReadAsync(spec.HeldOut, "spec.heldOut", executors, faults, cancellationToken);
        CheckModel(spec, executors, set, faults);
        var samples = set is null ? [] : Draw(spec, set.Questions.Questions, faults);
        if (faults.Any)
        {
            throw RpcFaults.ToException(faults.All);
        }

        var (vision, text) = LargestPrompt(set!.Summary, executors[0].Model);
        await RequireMillisecondsAsync(spec, executors[0], new PromptSize(vision, text, spec.Floor), cancellationToken);
        var unseen = OfClass(spec.QuestionClass, heldOut?.Questions.Questions ?? []);
        return new(spec, new SearchQuestions(
            samples,
            [.. samples.Select(index => set.Questions.Questions[index].Type)],
            unseen,
            [.. unseen.Select(index => heldOut!.Questions.Questions[index].Type)],
            vision,
            text));
    }

    private static ImmutableArray<int> OfClass(string questionClass, IReadOnlyList<SetQuestion> questions) =>
        [.. Enumerable.Range(0, questions.Count).Where(index => questionClass.Length == 0 || questions[index].Type == questionClass)];

    /// <summary>Returns the executors of the revision to be searched, which is noted in the specification.</summary>
    private async Task<IReadOnlyList<SurveyedExecutor>> ChooseAsync(SearchSpec spec, SearchFaults faults, CancellationToken cancellationToken)
    {
        var executors = await _survey.AskAsync(spec.Model, spec.ModelRevision, cancellationToken);
        if (executors.Count == 0)
        {
            var revision = spec.ModelRevision.Length == 0 ? string.Empty : $" revision {spec.ModelRevision}";
            faults.Precondition("spec.model", $"no connected executor serves model '{spec.Model}'{revision}");
            return executors;
        }

        var newest = _store.Current.Models.GetValueOrDefault(spec.Model)?.Revision;
        var chosen = executors.FirstOrDefault(executor => executor.Model.Revision == newest) ?? executors[0];
        spec.ModelRevision = chosen.Model.Revision;
        return [.. executors.Where(executor => executor.Model.Revision == spec.ModelRevision)];
    }

    private async Task<HeldSet?> ReadAsync(
        SetReference? reference, string field, IReadOnlyList<SurveyedExecutor> executors, SearchFaults faults, CancellationToken cancellationToken)
    {
        var holders = executors.Where(executor => executor.Sets.Any(set => set.Digest == reference?.Digest)).ToList();
        if (holders.Count == 0)
        {
            if (executors.Count > 0 && reference?.Digest.Length > 0)
            {
                faults.Precondition(field, $"no executor of the model holds set {reference.Digest}; put it to one first");
            }

            return null;
        }

        try
        {
            var questions = await _survey.ReadQuestionsAsync(holders[0], reference!.Digest, cancellationToken);
            reference.Questions = questions.Questions.Count;
            reference.Name = reference.Name.Length == 0 ? questions.Name : reference.Name;
            return new HeldSet(holders[0].Sets.First(set => set.Digest == reference.Digest), questions);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            faults.Precondition(field, $"executor '{holders[0].ExecutorId}' did not give the questions of set {reference!.Digest}: {exception.Status.Detail}");
            return null;
        }
    }

    private void CheckModel(SearchSpec spec, IReadOnlyList<SurveyedExecutor> executors, HeldSet? set, SearchFaults faults)
    {
        if (executors.Count == 0)
        {
            return;
        }

        var model = executors[0].Model;
        var layers = model.Language.Layers;
        if (spec.FirstLayer >= layers)
        {
            faults.Invalid("spec.firstLayer", $"{spec.FirstLayer} is outside 1..{layers - 1}, the model has {layers} layers");
        }

        var (vision, text) = LargestPrompt(set?.Summary, model);
        if (spec.Floor > vision)
        {
            faults.Invalid("spec.floor", $"{spec.Floor} is more than the {vision} vision tokens of the largest question");
        }

        if (spec.Psigmoid is { } psigmoid && spec.FirstLayer < layers && spec.FirstLayer >= 1 && spec.Floor >= 0)
        {
            BudgetCheck.Check(spec, ContextOf(spec, model, new PromptSize(vision, text, spec.Floor)), faults);
            CheckWarmStart(psigmoid.WarmStartSchedule, layers, faults);
        }
    }

    /// <summary>Has costs measured for budgets of milliseconds, and checks these by them; the rest of the request is right.</summary>
    private async Task RequireMillisecondsAsync(SearchSpec spec, SurveyedExecutor executor, PromptSize prompt, CancellationToken cancellationToken)
    {
        if (!BudgetCheck.NeedsLatency(spec))
        {
            return;
        }

        await _costs.EnsureAsync(executor, prompt.VisionTokens + prompt.TextTokens, cancellationToken);
        var faults = new SearchFaults();
        BudgetCheck.Check(spec, ContextOf(spec, executor.Model, prompt), faults);
        if (faults.Any)
        {
            throw RpcFaults.ToException(faults.All);
        }
    }

    private ScheduleContext ContextOf(SearchSpec spec, ModelProfile model, PromptSize prompt) => BudgetCheck.ContextOf(
        ModelProfileMapping.ToDomain(model).Require(), prompt, spec.Scorer, _costs.Find(spec.Model, spec.ModelRevision));

    private void CheckWarmStart(string id, int layers, SearchFaults faults)
    {
        if (id.Length == 0)
        {
            return;
        }

        var schedule = _store.Current.Schedules.GetValueOrDefault(id);
        if (schedule is null)
        {
            faults.Missing("spec.psigmoid.warmStartSchedule", $"no schedule '{id}' is stored");
        }
        else if (schedule.Rates.Count != layers)
        {
            faults.Invalid("spec.psigmoid.warmStartSchedule", $"schedule {id} has {schedule.Rates.Count} rates, the model has {layers} layers");
        }
    }

    private (int Vision, int Text) LargestPrompt(SetSummary? set, ModelProfile model) => (
        set is { VisionTokens: > 0 } ? set.VisionTokens : Math.Max(1, model.Vision?.VisionTokensPerTile ?? 1),
        set is { TextTokens: > 0 } ? set.TextTokens : _options.TextTokens);

    private static ImmutableArray<int> Draw(SearchSpec spec, IReadOnlyList<SetQuestion> questions, SearchFaults faults)
    {
        var eligible = questions.Count(question => spec.QuestionClass.Length == 0 || question.Type == spec.QuestionClass);
        if (eligible == 0)
        {
            var classes = questions.Select(question => question.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            faults.Invalid("spec.questionClass", $"no question is of class '{spec.QuestionClass}', there are {string.Join(", ", classes)}");
            return [];
        }

        if (spec.Samples > eligible)
        {
            faults.Invalid("spec.samples", $"{spec.Samples} questions are asked for, there are {eligible}");
        }

        return SampleDraw.Draw(questions, spec);
    }
}
