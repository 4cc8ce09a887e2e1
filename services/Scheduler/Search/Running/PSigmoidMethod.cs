using Fovea.Contracts.Mapping;
using Fovea.Scheduler.Search.Algorithms;
using Fovea.Scheduler.Search.Starting;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Runs P-Sigmoid as a specification says.</summary>
internal static class PSigmoidMethod
{
    /// <summary>Returns what it found.</summary>
    public static async Task<MethodResult> RunAsync(MethodContext context, CancellationToken cancellationToken)
    {
        var search = new PSigmoid(OptionsOf(context), context.Evaluator, context.Observer);
        var result = await search.RunAsync(TrialMapping.ToRecorded(context.Record), cancellationToken);
        return new(
            [.. result.Outcomes.Select(outcome => new FoundCandidate(
                outcome.Solution.Rates, outcome.Solution.Counts, outcome.Budget, outcome.Solution.Curve))],
            result.Table);
    }

    private static PSigmoidOptions OptionsOf(MethodContext context)
    {
        var spec = context.Record.Head.Spec;
        var questions = context.Record.Questions;
        return new PSigmoidOptions
        {
            Context = BudgetCheck.ContextOf(
                context.Model, new PromptSize(questions.VisionTokens, questions.TextTokens, spec.Floor), spec.Scorer, context.Latency),
            Budgets = [.. spec.Psigmoid.Budgets.Select(budget => BudgetMapping.ToDomain(budget).Require())],
            FirstLayer = spec.FirstLayer,
            Trials = spec.Psigmoid.Trials,
            Seed = spec.Seed,
            WarmStart = context.WarmStart,
        };
    }
}
