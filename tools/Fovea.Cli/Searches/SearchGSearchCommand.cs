using System.CommandLine;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Searches;

/// <summary>Is <c>search gsearch</c>: finds the fewest vision tokens of each layer that keep the metric.</summary>
internal sealed class SearchGSearchCommand : SearchStartCommand
{
    private const double MostTolerance = 100;
    private const double LeastConfidence = 0.501;
    private const double MostConfidence = 0.999999;

    private readonly Option<double> _tolerance = new("--tolerance") { HelpName = "X", Description = "Most that the metric may lose: points of accuracy and agreement, nats of nll and kl", DefaultValueFactory = _ => SearchDefaults.Tolerance };
    private readonly Option<ToleranceSplit> _split = Choice.Option("--tolerance-split", "What a layer may use up: the whole tolerance, or an even share more than the layer before", ContractWords.ToleranceSplits, SearchDefaults.Split);
    private readonly Option<ConfidenceRule> _rule = Choice.Option("--confidence-rule", "When a loss counts as larger than the tolerance", ContractWords.ConfidenceRules, SearchDefaults.Rule);
    private readonly Option<double> _confidence = new("--confidence") { HelpName = "P", Description = "Confidence level of the rule", DefaultValueFactory = _ => SearchDefaults.Confidence };
    private readonly Option<int> _resolution = new("--resolution") { HelpName = "N", Description = "Find rates to 1/N; to one vision token when 0" };
    private readonly Option<InnerSearch> _inner = Choice.Option("--inner", "How one layer is searched", ContractWords.InnerSearches, InnerSearch.Bisect);
    private readonly Option<bool> _plain = new("--plain") { Description = "The plain algorithm: every question of every trial, from the first layer (no reuse, no racing)" };
    private readonly Option<bool> _noReuse = new("--no-reuse") { Description = "Run every trial from the first layer" };
    private readonly Option<bool> _noRacing = new("--no-racing") { Description = "Score every question of every trial" };
    private readonly Option<bool> _noPlateau = new("--no-plateau") { Description = "Search every layer in full" };
    private readonly Option<bool> _byClass = new("--by-class") { Description = "One search for each type of question in the set" };
    private readonly ByClassOptions _classes = new();

    /// <summary>Makes the command.</summary>
    public SearchGSearchCommand(CliContext context)
        : base("gsearch", "Find the fewest vision tokens of each layer that keep the metric", context)
    {
        foreach (var option in new Option[] { _tolerance, _split, _rule, _confidence, _resolution, _inner, _plain, _noReuse, _noRacing, _noPlateau, _byClass })
        {
            Add(option);
        }

        _classes.AddTo(this, _byClass);
        Ranges.Bound(_tolerance, 0, MostTolerance);
        Ranges.Bound(_confidence, LeastConfidence, MostConfidence);
        Ranges.Bound(_resolution, 0, int.MaxValue);
        _byClass.Validators.Add(result =>
        {
            if (!result.Implicit && Common.NarrowsToOne(result))
            {
                result.AddError("--by-class excludes --class and --detach");
            }
        });
    }

    /// <inheritdoc/>
    protected override SearchSpec ReadSpec(ParseResult result)
    {
        var spec = Common.Read(result);
        var isPlain = result.GetValue(_plain);
        spec.Tolerance = result.GetValue(_tolerance);
        spec.ToleranceSplit = result.GetValue(_split);
        spec.ConfidenceRule = result.GetValue(_rule);
        spec.Confidence = result.GetValue(_confidence);
        spec.Resolution = result.GetValue(_resolution);
        spec.Gsearch = new GSearchSpec
        {
            Inner = result.GetValue(_inner),
            NoPrefixReuse = isPlain || result.GetValue(_noReuse),
            NoRacing = isPlain || result.GetValue(_noRacing),
            NoPlateauTest = result.GetValue(_noPlateau),
        };
        return spec;
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(
        ParseResult result, SearchClient client, SearchSpec spec, QuestionSet set, CancellationToken cancellationToken) =>
        result.GetValue(_byClass)
            ? new ByClassSearch(Context, client, _classes.Read(result)).RunAsync(spec, set, WantsJson(result), cancellationToken)
            : base.RunAsync(result, client, spec, set, cancellationToken);
}
