using System.Collections.Immutable;
using Fovea.Planning.Costs;
using Fovea.Planning.Plans;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tables;

namespace Fovea.Planning.Schedules;

/// <summary>Gives what a schedule is resolved for: the model, the request's token counts and the policy's floor.</summary>
public sealed record ScheduleContext
{
    /// <summary>Gets the sizes of the model.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>Gets the vision tokens of the request, N.</summary>
    public required int VisionTokens { get; init; }

    /// <summary>Gets the other tokens of the prompt.</summary>
    public required int TextTokens { get; init; }

    /// <summary>Gets the vision tokens of each image; empty if all are of one.</summary>
    public ImmutableArray<int> ImageTokens { get; init; } = [];

    /// <summary>Gets among which tokens the rates choose, which rounds counts and floors differently when a budget is solved.</summary>
    public BudgetScope Scope { get; init; }

    /// <summary>Gets the scorer, whose work a FLOPs budget pays for.</summary>
    public TokenScorer Scorer { get; init; }

    /// <summary>Gets the fewest tokens a layer keeps when a budget is solved.</summary>
    public int Floor { get; init; } = 1;

    /// <summary>Gets the rule by which FLOPs budgets are counted.</summary>
    public CostAccounting Accounting { get; init; } = CostAccounting.Executed;

    /// <summary>Gets what a layer takes, for budgets of milliseconds, or null if that was not measured for the model.</summary>
    public LatencyTable? Latency { get; init; }

    /// <summary>Gets whether each of several images keeps its own share.</summary>
    internal bool CountsByImage => Scope == BudgetScope.PerImage && !ImageTokens.IsDefaultOrEmpty;

    /// <summary>Gets the lookup of stored schedules, or null if there is none.</summary>
    public Func<ScheduleId, Schedule?>? Schedules { get; init; }
}
