using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fovea.Cli.Search;
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

    private readonly Option<double[]> _budgets = new("--budgets") { HelpName = "X,X,...", Description = "Mean keep rates", Required = true, CustomParser = ParseBudgets };
    private readonly Option<int> _first = new("--first-layer") { HelpName = "N", Description = "First layer before which P-Sigmoid, flat and random may drop", DefaultValueFactory = _ => SearchDefaults.FirstLayer };
    private readonly Option<Scorer> _scorer = Choice.Option("--scorer", "What ranks for P-Sigmoid and flat", ContractWords.Scorers, SearchDefaults.Ranking);
    private readonly Option<string[]> _psigmoid = Ids("--psigmoid", "Stored schedules of P-Sigmoid, one for each budget; planned by the scheduler unless given");
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
        command.Validators.Add(result =>
        {
            var (given, budgets) = (result.GetValue(_psigmoid) ?? [], result.GetValue(_budgets) ?? []);
            if (given.Length > 0 && given.Length != budgets.Length)
            {
                result.AddError($"--psigmoid names {given.Length} schedules for {budgets.Length} budgets");
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

    private static double[] ParseBudgets(ArgumentResult result)
    {
        var budgets = new SortedSet<double>();
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var budget) || budget is not (> 0 and <= 1))
            {
                result.AddError($"--budgets: '{text}' is no mean keep rate above 0 and at most 1");
            }
            else if (!budgets.Add(budget))
            {
                result.AddError($"--budgets: {text} is given twice");
            }
        }

        return [.. budgets];
    }

    private static Option<string[]> Ids(string name, string description) => new(name)
    {
        HelpName = "ID,ID,...",
        Description = description,
        CustomParser = result =>
        {
            var ids = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)).ToImmutableArray();
            foreach (var id in ids.Where(id => !ScheduleId.TryParse(id, out _)))
            {
                result.AddError($"{name}: '{id}' is no schedule's id");
            }

            return [.. ids];
        },
    };
}
