using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;

namespace Fovea.Cli.Searches;

/// <summary>Is <c>search psigmoid</c>: finds the sigmoid that keeps most of the metric under each budget.</summary>
internal sealed class SearchPSigmoidCommand : SearchStartCommand
{
    private const int MostTrials = 10_000;

    private readonly BudgetsOption _budgets = new();
    private readonly Option<int> _trials = new("--trials") { HelpName = "N", Description = "Trials of each budget", DefaultValueFactory = _ => SearchDefaults.Trials };
    private readonly Option<string> _warmStart = new("--warm-start") { HelpName = "SCHEDULE", Description = "Stored schedule whose least-squares sigmoid is tried first" };

    /// <summary>Makes the command.</summary>
    public SearchPSigmoidCommand(CliContext context)
        : base("psigmoid", "Find the best sigmoid under each budget", context)
    {
        Add(_budgets);
        Add(_trials);
        Add(_warmStart);
        Ranges.Bound(_trials, 1, MostTrials);
        _warmStart.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !ScheduleId.TryParse(text, out _))
            {
                result.AddError($"--warm-start: '{text}' is no schedule's id");
            }
        });
    }

    /// <inheritdoc/>
    protected override SearchSpec ReadSpec(ParseResult result)
    {
        var spec = Common.Read(result);
        spec.Psigmoid = new PSigmoidSpec
        {
            Budgets = { result.GetRequiredValue(_budgets) },
            Trials = result.GetValue(_trials),
            WarmStartSchedule = ScheduleId.TryParse(result.GetValue(_warmStart), out var id) ? id.Value : string.Empty,
        };
        return spec;
    }
}
