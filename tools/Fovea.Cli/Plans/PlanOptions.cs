using System.CommandLine;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Plans;

/// <summary>Holds the options that replace what the policy would choose.</summary>
internal sealed class PlanOptions
{
    private readonly Option<PlanOverride?> _plan = PlanArgument.Option();
    private readonly Option<Scorer> _scorer = new("--scorer") { HelpName = "instruction|last", Description = "Query rows that rank, with --plan" };
    private readonly Option<PositionMode> _positions = new("--positions") { HelpName = "keep|renumber", Description = "Position ids after a drop, with --plan" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_plan);
        command.Add(_scorer);
        command.Add(_positions);
        command.Validators.Add(result =>
        {
            var named = result.GetResult(_scorer) is { Implicit: false } || result.GetResult(_positions) is { Implicit: false };
            if (named && result.GetResult(_plan) is null)
            {
                result.AddError("--scorer and --positions need --plan");
            }
        });
    }

    /// <summary>Returns the override; null leaves the choice to the policy.</summary>
    public PlanOverride? Read(ParseResult result)
    {
        var plan = result.GetValue(_plan);
        if (plan is not null)
        {
            plan.Scorer = result.GetValue(_scorer);
            plan.Positions = result.GetValue(_positions);
        }

        return plan;
    }
}
