using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Cli.Searches;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;

namespace Fovea.Cli.Comparison;

/// <summary>Holds the options that say what is compared.</summary>
internal sealed class CompareOptions
{
    private const int MostLayers = 1024;
    private const int MostSeeds = 1000;
    private const double MostThreshold = 100;

    private readonly Option<double[]> _budgets = BudgetsOption();
    private readonly Option<int> _first = new("--first-layer") { HelpName = "N", Description = "First layer before which P-Sigmoid, flat and random may drop", DefaultValueFactory = _ => SearchDefaults.FirstLayer };
    private readonly Option<Scorer> _scorer = Choice.Option("--scorer", "What ranks for P-Sigmoid and flat", ContractWords.Scorers, SearchDefaults.Ranking);
    private readonly Option<string[]> _psigmoid = Ids("--psigmoid", "Stored schedules of P-Sigmoid, one for each budget in ascending order; planned by the scheduler unless given");
    private readonly Option<string[]> _schedules = Ids("--schedule", "Further stored schedules, e.g. of G-Search");
    private readonly Option<int> _seeds = new("--random-seeds") { HelpName = "N", Description = "Seeds of random", DefaultValueFactory = _ => 10 };
    private readonly Option<bool> _sameScorer = new("--same-scorer") { Description = "Show FastV and PyramidDrop with P-Sigmoid's scorer, too" };
    private readonly Option<double> _threshold = new("--vtw-threshold") { HelpName = "NATS", Description = "Largest mean divergence of VTW's own search", DefaultValueFactory = _ => VtwKlSearch.Threshold };
    private readonly Option<int> _vtwSamples = new("--vtw-samples") { HelpName = "N", Description = "Questions of VTW's own search, from the first on; 0 leaves it out", DefaultValueFactory = _ => VtwKlSearch.Samples };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _budgets, _first, _scorer, _psigmoid, _schedules, _seeds, _sameScorer, _threshold, _vtwSamples })
        {
            command.Add(option);
        }

        Ranges.Bound(_first, 1, MostLayers);
        Ranges.Bound(_seeds, 1, MostSeeds);
        Ranges.Bound(_threshold, 0, MostThreshold);
        Ranges.Bound(_vtwSamples, 0, int.MaxValue);
        _psigmoid.Validators.Add(result =>
        {
            var (given, budgets) = (Parts(result).Count(), Parts(result.GetResult(_budgets)).Count());
            if (given != budgets)
            {
                result.AddError($"--psigmoid names {given} schedules for {budgets} budgets");
            }
        });
    }

    /// <summary>Returns what is compared.</summary>
    public CompareRequest Read(ParseResult result) => new()
    {
        Budgets = [.. result.GetRequiredValue(_budgets)],
        FirstLayer = result.GetValue(_first),
        Scorer = result.GetValue(_scorer),
        PSigmoidSchedules = [.. result.GetValue(_psigmoid) ?? []],
        Schedules = [.. result.GetValue(_schedules) ?? []],
        RandomSeeds = result.GetValue(_seeds),
        WithSameScorer = result.GetValue(_sameScorer),
    };

    /// <summary>Returns what VTW's search looks at, or null.</summary>
    public VtwOptions? ReadVtw(ParseResult result, int questions)
    {
        var samples = Math.Min(questions, result.GetValue(_vtwSamples));
        return samples == 0 ? null : new VtwOptions(result.GetValue(_threshold), [.. Enumerable.Range(0, samples)]);
    }

    private static IEnumerable<string> Parts(SymbolResult? result) =>
        result is null ? [] : result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries));

    private static bool TryBudget(string text, out double budget) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out budget) && budget is > 0 and <= 1;

    private static Option<double[]> BudgetsOption()
    {
        var option = new Option<double[]>("--budgets")
        {
            HelpName = "X,X,...",
            Description = "Mean keep rates",
            Required = true,
            CustomParser = result => [.. Parts(result).Select(text => TryBudget(text, out var budget) ? budget : 1).Order()],
        };
        option.Validators.Add(result =>
        {
            var seen = new HashSet<double>();
            foreach (var text in Parts(result))
            {
                if (!TryBudget(text, out var budget))
                {
                    result.AddError($"--budgets: '{text}' is no mean keep rate above 0 and at most 1");
                }
                else if (!seen.Add(budget))
                {
                    result.AddError($"--budgets: {text} is given twice");
                }
            }
        });
        return option;
    }

    private static Option<string[]> Ids(string name, string description)
    {
        var option = new Option<string[]>(name) { HelpName = "ID,ID,...", Description = description, CustomParser = result => [.. Parts(result)] };
        option.Validators.Add(result =>
        {
            foreach (var id in Parts(result).Where(id => !ScheduleId.TryParse(id, out _)))
            {
                result.AddError($"{name}: '{id}' is no schedule's id");
            }
        });
        return option;
    }
}
