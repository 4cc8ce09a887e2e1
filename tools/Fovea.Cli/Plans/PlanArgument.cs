using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Cli.Plans;

/// <summary>Reads <c>--plan</c>: <c>full | policy:NAME | schedule:ID | rates:FILE | budget:mean=0.3</c> or a schedule in its written form.</summary>
internal static class PlanArgument
{
    /// <summary>Makes the option; absent, the policy decides.</summary>
    public static Option<PlanOverride?> Option() => new("--plan")
    {
        HelpName = "PLAN",
        Description = "full, policy:NAME, schedule:ID, rates:FILE, budget:mean=0.3 or a schedule such as fastv:K=2,R=0.5; the policy's unless given",
        CustomParser = result => Report(Parse(result.Tokens[0].Value, File.ReadAllText), result),
    };

    /// <summary>Returns the override, or every fault.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="readFile">Returns the text of a file.</param>
    public static Checked<PlanOverride> Parse(string text, Func<string, string> readFile)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (form, rest) = colon < 0 ? (text, string.Empty) : (text[..colon], text[(colon + 1)..]);
        return form switch
        {
            "full" when rest.Length == 0 => new PlanOverride { Full = true },
            "policy" when rest.Length > 0 => new PlanOverride { Policy = rest },
            "schedule" or "id" when ScheduleId.TryParse(rest, out var id) => new PlanOverride { ScheduleId = id.Value },
            "budget" => OfBudget(rest),
            _ => OfSpec(form == "schedule" ? $"id:{rest}" : text, readFile),
        };
    }

    private static Checked<PlanOverride> OfBudget(string text)
    {
        var budget = Planning.Schedules.Budget.Parse(text);
        return budget.IsValid ? new PlanOverride { Budget = BudgetMapping.ToProto(budget.Value) } : budget.Faults;
    }

    private static Checked<PlanOverride> OfSpec(string text, Func<string, string> readFile)
    {
        var spec = ScheduleSpec.Parse(text, readFile);
        return spec switch
        {
            { IsValid: false } => spec.Faults,
            { Value: RatesSpec rates } => OfRates(rates),
            _ => new PlanOverride { Spec = spec.Value.ToString() },
        };
    }

    private static PlanOverride OfRates(RatesSpec spec)
    {
        var rates = new Contracts.V1.KeepRates { Rates = { spec.Rates } };
        if (spec.Floor is { } floor)
        {
            rates.Floor = floor;
        }

        return new PlanOverride { Rates = rates };
    }

    private static PlanOverride? Report(Checked<PlanOverride> plan, ArgumentResult result)
    {
        foreach (var fault in plan.Faults)
        {
            result.AddError($"--plan: {fault}");
        }

        return plan.Value;
    }
}
