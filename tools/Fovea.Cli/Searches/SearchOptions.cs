using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Searches;

/// <summary>Holds the options of every search.</summary>
internal sealed class SearchOptions
{
    private const int MostLayers = 1024;
    private const int MostTokens = 1 << 24;
    private const string HeldOutFolder = "eval";
    private const string SearchedFolder = "calibration";

    private readonly Option<string> _model = new("--model") { HelpName = "NAME", Description = "Model to search for; the fleet's only one unless given" };
    private readonly Option<string> _set = new("--set") { Required = true, HelpName = "DIR", Description = "Questions to search on: questions.jsonl and images/" };
    private readonly Option<string> _heldOut = new("--held-out") { HelpName = "DIR", Description = "Questions to report on; the folder 'eval' beside a --set named 'calibration' unless given" };
    private readonly Option<Metric> _metric = Choice.Option("--metric", "What schedules are judged by", ContractWords.Metrics, SearchDefaults.Judge);
    private readonly Option<string> _class = new("--class") { HelpName = "CLASS", Description = "Only questions of this type" };
    private readonly Option<int> _first = new("--first-layer") { HelpName = "N", Description = "First layer before which tokens may be dropped, from 0", DefaultValueFactory = _ => SearchDefaults.FirstLayer };
    private readonly Option<int> _floor = new("--floor") { HelpName = "N", Description = "Fewest vision tokens of a layer", DefaultValueFactory = _ => SearchDefaults.Floor };
    private readonly Option<int> _samples = new("--samples") { HelpName = "N", Description = "Questions drawn from the set; all when 0" };
    private readonly Option<bool> _stratified = new("--stratified") { Description = "Draw the same share of each type" };
    private readonly Option<ulong> _seed = new("--seed") { HelpName = "N", Description = "Seed of the draw and of the search" };
    private readonly Option<Scorer> _scorer = Choice.Option("--scorer", "What ranks vision tokens", ContractWords.Scorers, SearchDefaults.Ranking);
    private readonly Option<PositionMode> _positions = Choice.Option("--positions", "Position ids after a drop", ContractWords.PositionModes, SearchDefaults.Positions);
    private readonly Option<bool> _detach = new("--detach") { Description = "Print the search's id and leave it running" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _model, _set, _heldOut, _metric, _class, _first, _floor, _samples, _stratified, _seed, _scorer, _positions, _detach,
        })
        {
            command.Add(option);
        }

        Ranges.Bound(_first, 1, MostLayers);
        Ranges.Bound(_floor, 0, MostTokens);
        Ranges.Bound(_samples, 0, int.MaxValue);
        _stratified.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetResult(_samples) is not { Implicit: false })
            {
                result.AddError("--stratified needs --samples");
            }
        });
    }

    /// <summary>Returns the model's name, or null.</summary>
    public string? Model(ParseResult result) => result.GetValue(_model);

    /// <summary>Returns whether the command ends when the search has begun.</summary>
    public bool IsDetached(ParseResult result) => result.GetValue(_detach);

    /// <summary>Returns whether one class is named or the search is left alone, neither of which goes with several searches.</summary>
    public bool NarrowsToOne(SymbolResult result) =>
        result.GetResult(_detach) is { Implicit: false } || result.GetResult(_class) is { Implicit: false };

    /// <summary>Returns the class of questions, or an empty text for all.</summary>
    public string Class(ParseResult result) => result.GetValue(_class) ?? string.Empty;

    /// <summary>Loads the set and, where there is one, the held-out set.</summary>
    /// <exception cref="CliException">A set is wrong; every fault of both is named.</exception>
    public (QuestionSet Set, QuestionSet? HeldOut) LoadSets(ParseResult result)
    {
        var faults = new List<string>();
        var set = Try(() => QuestionSet.Load(result.GetRequiredValue(_set)), faults);
        var folder = result.GetValue(_heldOut) ?? DefaultHeldOut(result.GetRequiredValue(_set));
        var heldOut = folder is null ? null : Try(() => QuestionSet.Load(folder, "--held-out"), faults);
        if (set is not null && Class(result) is { Length: > 0 } name && !set.Types.Contains(name, StringComparer.Ordinal))
        {
            faults.Add($"--class: the set has no questions of type '{name}', only {string.Join(", ", set.Types)}");
        }

        return faults.Count == 0 && set is not null ? (set, heldOut) : throw new CliException(ExitCodes.Usage, faults);
    }

    /// <summary>Returns the part of the specification that these options decide.</summary>
    public SearchSpec Read(ParseResult result) => new()
    {
        QuestionClass = Class(result),
        Metric = result.GetValue(_metric),
        FirstLayer = result.GetValue(_first),
        Floor = result.GetValue(_floor),
        Samples = result.GetValue(_samples),
        Stratified = result.GetValue(_stratified),
        Seed = result.GetValue(_seed),
        Scorer = result.GetValue(_scorer),
        Positions = result.GetValue(_positions),
        ToleranceSplit = SearchDefaults.Split,
        ConfidenceRule = SearchDefaults.Rule,
        Confidence = SearchDefaults.Confidence,
    };

    private static string? DefaultHeldOut(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var sibling = Path.Combine(Path.GetDirectoryName(full) ?? string.Empty, HeldOutFolder);
        return Path.GetFileName(full) == SearchedFolder && Directory.Exists(sibling) ? sibling : null;
    }

    private static QuestionSet? Try(Func<QuestionSet> load, List<string> faults)
    {
        try
        {
            return load();
        }
        catch (CliException exception)
        {
            faults.AddRange(exception.Faults);
            return null;
        }
    }
}
