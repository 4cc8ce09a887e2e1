using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Contracts.Mapping;
using Fovea.Planning.Validation;
using Budget = Fovea.Planning.Schedules.Budget;

namespace Fovea.Cli.Searches;

/// <summary>Is <c>--budgets</c>: <c>mean=0.28,0.32,0.40</c>; may be given again, also with other kinds.</summary>
internal sealed class BudgetsOption : Option<Contracts.V1.Budget[]>
{
    /// <summary>Makes the option.</summary>
    public BudgetsOption()
        : base("--budgets")
    {
        HelpName = "KIND=X,X,...";
        Description = "Budgets, as mean=, flops=, tflops=, kv= or ms=; may be given again";
        Required = true;
        Arity = ArgumentArity.OneOrMore;
        CustomParser = result => [.. Read(result.Tokens).Where(budget => budget.IsValid).Select(budget => BudgetMapping.ToProto(budget.Value!))];
        Validators.Add(result =>
        {
            foreach (var fault in Read(result.Tokens).SelectMany(budget => budget.Faults))
            {
                result.AddError($"--budgets: {fault}");
            }
        });
    }

    private static IEnumerable<Checked<Budget>> Read(IEnumerable<Token> tokens) => tokens.SelectMany(token => Read(token.Value));

    private static IEnumerable<Checked<Budget>> Read(string text)
    {
        var parts = text.Split('=', 2);
        if (parts.Length < 2)
        {
            return [new PlanFault(PlanFaultKind.InvalidArgument, text, "is no list of budgets; one is mean=0.28,0.32,0.40")];
        }

        return parts[1].Split(',', StringSplitOptions.TrimEntries).Select(value => Named(Budget.Parse($"{parts[0]}={value}"), $"{parts[0]}={value}"));
    }

    private static Checked<Budget> Named(Checked<Budget> budget, string text) =>
        budget.IsValid ? budget : ImmutableArray.CreateRange(budget.Faults, fault => fault with { Field = text });
}
