using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Planning.Costs;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Spectre.Console;

namespace Fovea.Cli.Plans;

/// <summary>Is <c>plan explain</c>: what a schedule means and costs for one request, without a running service.</summary>
internal sealed class PlanExplainCommand : ServiceCommand
{
    private const int MaxTokens = 1 << 24;

    private readonly Option<string> _shape = new("--shape") { Required = true, HelpName = "NAME|config.json", Description = "Known shape, or a model's config.json" };
    private readonly Option<int> _vision = new("--vision-tokens") { Required = true, HelpName = "N", Description = "Vision tokens of the request" };
    private readonly Option<int> _text = new("--text-tokens") { Required = true, HelpName = "T", Description = "Other prompt tokens" };
    private readonly Option<string> _schedule = new("--schedule") { Required = true, HelpName = "SPEC", Description = "full, fastv, pdrop, vtw, sparsevlm, sigmoid, uniform, pool, rates:FILE or id:HEX" };
    private readonly Option<CostAccounting> _accounting = new("--accounting") { Required = true, HelpName = "paper|executed", Description = "Which operations are counted" };
    private readonly Option<int> _floor = new("--floor") { HelpName = "N", Description = "Fewest vision tokens of a layer, unless the schedule says", DefaultValueFactory = _ => 1 };
    private readonly ScorerOption _scorer = new();
    private readonly Option<ulong> _seed = PlanSeed.Option();
    private readonly Option<string> _model = new("--model") { HelpName = "NAME", Description = "Model name in the digest; the shape's name unless given" };
    private readonly Option<string> _revision = new("--model-revision") { HelpName = "REVISION", Description = "Model revision in the digest", DefaultValueFactory = _ => Schedule.Any };

    /// <summary>Makes the command.</summary>
    public PlanExplainCommand(CliContext context)
        : base("explain", "Show what a schedule keeps and costs for one request (no service needed)", context, EndpointOptions.Scheduler())
    {
        foreach (var option in new Option[] { _shape, _vision, _text, _schedule, _accounting, _floor, _scorer, _seed, _model, _revision })
        {
            Add(option);
        }

        Ranges.Bound(_vision, 0, MaxTokens);
        Ranges.Bound(_text, 0, MaxTokens);
        Ranges.Bound(_floor, 0, MaxTokens);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var shape = ShapeSource.Load(result.GetRequiredValue(_shape));
        var spec = CliException.Require(ScheduleSpec.Parse(result.GetRequiredValue(_schedule), File.ReadAllText), "--schedule: ");
        var context = new ScheduleContext
        {
            Shape = shape,
            VisionTokens = result.GetValue(_vision),
            TextTokens = result.GetValue(_text),
            Floor = result.GetValue(_floor),
            Scorer = result.GetValue(_scorer),
            Accounting = result.GetValue(_accounting),
            Schedules = await FetchAsync(spec, result, cancellationToken),
        };
        var resolved = CliException.Require(spec.Resolve(context), "--schedule: ");
        var plan = MakePlan(result, context, spec, resolved);
        if (plan.Validate() is { Length: > 0 } faults)
        {
            throw new CliException(ExitCodes.Usage, faults.Select(fault => fault.ToString()));
        }

        Print(PlanExplanation.Of(plan, context), WantsJson(result));
        return ExitCodes.Ok;
    }

    private async Task<Func<ScheduleId, Schedule?>?> FetchAsync(ScheduleSpec spec, ParseResult result, CancellationToken cancellationToken)
    {
        if (spec is not IdSpec { Id: var id })
        {
            return null;
        }

        using var session = Open(result);
        var schedule = await StoredScheduleSource.GetAsync(session, id, cancellationToken);
        return asked => asked == id ? schedule : null;
    }

    private KeepPlan MakePlan(ParseResult result, ScheduleContext context, ScheduleSpec spec, ResolvedSchedule resolved)
    {
        return new KeepPlan
        {
            Model = result.GetValue(_model) ?? context.Shape.Name,
            ModelRevision = result.GetRequiredValue(_revision),
            Schedule = spec is IdSpec { Id: var id } ? id.Value : spec.ToString(),
            VisionTokens = context.VisionTokens,
            Counts = resolved.Counts(context.VisionTokens, context.Floor),
            Floor = resolved.Floor ?? context.Floor,
            Scorer = context.Scorer,
            Seed = result.GetValue(_seed),
            Pool = resolved.Pool,
        };
    }

    private void Print(PlanExplanation explanation, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(explanation.ToJson());
            return;
        }

        var (cost, full) = (explanation.Cost, explanation.FullCost);
        var table = new Table().AddColumn("what").AddColumn("plan").AddColumn("full").AddColumn("full / plan");
        table.AddRow("TFLOPs", $"{cost.TotalTflops:F3}", $"{full.TotalTflops:F3}", $"{full.Total / cost.Total:F2}x");
        table.AddRow("  language model", $"{cost.LanguageFlops / 1e12:F3}", $"{full.LanguageFlops / 1e12:F3}", $"{full.LanguageFlops / cost.LanguageFlops:F2}x");
        table.AddRow("  ranking", $"{cost.Ranking / 1e12:F6}", $"{full.Ranking / 1e12:F6}", string.Empty);
        table.AddRow("KV bytes", $"{cost.KvBytes}", $"{full.KvBytes}", $"{(double)full.KvBytes / Math.Max(1, cost.KvBytes):F2}x");
        table.AddRow("mean keep", $"{cost.MeanKeep:F4}", $"{full.MeanKeep:F4}", string.Empty);
        Context.WriteTable(table);
        Context.Output.WriteLine($"counts  {string.Join(' ', explanation.Plan.Counts)}");
        Context.Output.WriteLine($"digest  {explanation.Plan.Digest}");
    }
}
