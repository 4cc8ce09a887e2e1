using System.CommandLine;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Plans;

/// <summary>Holds the options that replace what the policy would choose.</summary>
internal sealed class PlanOptions
{
    private readonly Option<PlanOverride?> _plan = PlanArgument.Option();
    private readonly ScorerOption _scorer = new("What ranks vision tokens, with --plan");
    private readonly ScopeOption _scope = new("Rank several images together or each by itself, with --plan");
    private readonly Option<PositionMode> _positions = new("--positions") { HelpName = "keep|renumber", Description = "Position ids after a drop, with --plan" };
    private readonly Option<ulong> _seed = PlanSeed.Option();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_plan);
        command.Add(_scorer);
        command.Add(_scope);
        command.Add(_positions);
        command.Add(_seed);
        command.Validators.Add(result =>
        {
            var named = new Option[] { _scorer, _scope, _positions, _seed }.Any(option => result.GetResult(option) is { Implicit: false });
            if (named && result.GetResult(_plan) is null)
            {
                result.AddError("--scorer, --scope, --positions and --plan-seed need --plan");
            }
        });
    }

    /// <summary>Returns the override; null leaves the choice to the policy.</summary>
    public PlanOverride? Read(ParseResult result)
    {
        var plan = result.GetValue(_plan);
        if (plan is not null)
        {
            plan.Scorer = result.GetResult(_scorer) is { Implicit: false } ? result.GetValue(_scorer).ToProto() : Scorer.Unspecified;
            plan.Scope = result.GetResult(_scope) is { Implicit: false } ? result.GetValue(_scope).ToProto() : BudgetScope.Unspecified;
            plan.Positions = result.GetValue(_positions);
            plan.Seed = result.GetValue(_seed);
        }

        return plan;
    }
}
