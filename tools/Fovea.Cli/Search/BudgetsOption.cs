using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Budget = Fovea.Planning.Schedules.Budget;

namespace Fovea.Cli.Search;

/// <summary>Is <c>--budgets</c>: <c>mean=0.28,0.32,0.40</c>; may be given again, also with other kinds.</summary>
internal sealed class BudgetsOption : Option<Fovea.Contracts.V1.Budget[]>
{
    /// <summary>Makes the option.</summary>
    public BudgetsOption()
        : base("--budgets")
    {
        HelpName = "KIND=X,X,...";
        Description = "Budgets, as mean=, flops=, tflops=, kv= or ms=; may be given again";
        Required = true;
        Arity = ArgumentArity.OneOrMore;
        CustomParser = Parse;
    }

    private static Fovea.Contracts.V1.Budget[] Parse(ArgumentResult result)
    {
        var budgets = new List<Fovea.Contracts.V1.Budget>();
        foreach (var token in result.Tokens)
        {
            Read(token.Value, budgets, result);
        }

        return [.. budgets];
    }

    private static void Read(string text, List<Fovea.Contracts.V1.Budget> budgets, ArgumentResult result)
    {
        var parts = text.Split('=', 2);
        var values = parts.Length == 2 ? parts[1].Split(',', StringSplitOptions.TrimEntries) : [];
        if (values.Length == 0)
        {
            result.AddError($"--budgets: '{text}' is no list of budgets; one is mean=0.28,0.32,0.40");
        }

        foreach (var value in values)
        {
            var budget = Budget.Parse(string.Create(CultureInfo.InvariantCulture, $"{parts[0]}={value}"));
            foreach (var fault in budget.Faults)
            {
                result.AddError($"--budgets: {parts[0]}={value}: {fault}");
            }

            if (budget.IsValid)
            {
                budgets.Add(BudgetMapping.ToProto(budget.Value));
            }
        }
    }
}
