using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Charts;
using Fovea.Cli.Fleet;
using Fovea.Cli.Searches;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;
using Spectre.Console;

namespace Fovea.Cli.Studies;

/// <summary>Is <c>study ranking</c>: correlates the rankings of adjacent layers, beside the published values.</summary>
internal sealed class StudyRankingCommand : ServiceCommand
{
    private readonly Option<string> _set = new("--set") { Required = true, HelpName = "DIR", Description = "Folder with questions.jsonl and images/" };
    private readonly Option<string> _model = new("--model") { HelpName = "NAME", Description = "Model; the fleet's only one unless given" };
    private readonly Option<int> _samples = new("--samples") { HelpName = "N", Description = "Questions studied, evenly spread over the set; all when 0", DefaultValueFactory = _ => 200 };
    private readonly Option<Scorer> _scorer = Choice.Option("--scorer", "What ranks", ContractWords.Scorers, SearchDefaults.Ranking);
    private readonly Option<string> _out = new("--out") { HelpName = "DIR", Description = "Write ranking.json, ranking.svg and ranking.png there" };

    /// <summary>Makes the command.</summary>
    public StudyRankingCommand(CliContext context)
        : base("ranking", "Correlate the rankings of vision tokens in adjacent layers", context, EndpointOptions.Scheduler())
    {
        foreach (var option in new Option[] { _set, _model, _samples, _scorer, _out })
        {
            Add(option);
        }

        Ranges.Bound(_samples, 0, int.MaxValue);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var set = QuestionSet.Load(result.GetRequiredValue(_set));
        var samples = Spread(set.Questions.Count, result.GetValue(_samples));
        using var session = Open(result);
        using var model = await ServedModel.FindAsync(session, result.GetValue(_model), cancellationToken);
        var references = await SetUploader.EnsureAsync(model.Executors, [set], Context.Error.WriteLine, cancellationToken);
        var requests = model.Executors.Select((executor, index) => StudyAsync(
            executor,
            new StudyRankingsRequest
            {
                SetDigest = references[0].Digest,
                Samples = { samples.Where((_, place) => place % model.Executors.Length == index) },
                Scorer = result.GetValue(_scorer),
            },
            cancellationToken));
        var rankings = (await Task.WhenAll(requests)).SelectMany(part => part).ToArray();
        var (tau, scores) = RankingStudy.Summarize(rankings);
        var study = new RankingStudy
        {
            Model = model.Profile.Name,
            Set = set.Name,
            Scorer = Choice.WordOf(ContractWords.Scorers, result.GetValue(_scorer)),
            Samples = rankings.Length,
            Tau = tau,
            MedianScore = scores,
        };
        await WriteAsync(study, result.GetValue(_out), cancellationToken);
        Print(study, WantsJson(result));
        return ExitCodes.Ok;
    }

    /// <summary>Returns so many indices, evenly spread; all when 0 or more than there are.</summary>
    internal static ImmutableArray<int> Spread(int questions, int wanted)
    {
        var count = wanted == 0 ? questions : Math.Min(wanted, questions);
        return [.. Enumerable.Range(0, count).Select(index => (int)((long)index * questions / count))];
    }

    private static async Task<List<SampleRankings>> StudyAsync(ExecutorSession executor, StudyRankingsRequest request, CancellationToken cancellationToken)
    {
        var rankings = new List<SampleRankings>();
        if (request.Samples.Count == 0)
        {
            return rankings;
        }

        var client = new CalibrationService.CalibrationServiceClient(executor.Session.Channel);
        using var call = client.StudyRankings(request, ServiceSession.Stream(cancellationToken));
        await foreach (var sample in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            rankings.Add(sample);
        }

        return rankings;
    }

    private static async Task WriteAsync(RankingStudy study, string? folder, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var figure = RankingFigure.Of(study);
        await FigureFile.WriteAsync(figure, Path.Combine(folder, "ranking.svg"), cancellationToken);
        await FigureFile.WriteAsync(figure, Path.Combine(folder, "ranking.png"), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "ranking.json"), CliContext.ToText(ToJson(study)) + "\n", cancellationToken);
    }

    private static JsonObject ToJson(RankingStudy study) => new()
    {
        ["model"] = study.Model,
        ["set"] = study.Set,
        ["scorer"] = study.Scorer,
        ["samples"] = study.Samples,
        ["tau"] = Means(study.Tau),
        ["median_score"] = Means(study.MedianScore),
        ["published"] = new JsonObject
        {
            ["figure_1a"] = new JsonArray([.. PublishedFigures.RankCorrelations.Select(value => (JsonNode)value)]),
            ["figure_1b_first"] = PublishedFigures.SecondRankCorrelations.First,
            ["figure_1b_mean_of_others"] = PublishedFigures.SecondRankCorrelations.MeanOfOthers,
            ["figure_6"] = new JsonArray([.. PublishedFigures.MedianScores.Select(value => (JsonNode)value)]),
        },
    };

    private static JsonArray Means(ImmutableArray<LayerMean> means) =>
        [.. means.Select(mean => (JsonNode)new JsonObject { ["mean"] = Finite(mean.Mean), ["low"] = Finite(mean.Low), ["high"] = Finite(mean.High) })];

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    private void Print(RankingStudy study, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(ToJson(study));
            return;
        }

        var table = new Table().AddColumn("layer").AddColumn("tau-b with the next").AddColumn("95 %").AddColumn("published, figure 1a").AddColumn("median score").AddColumn("95 %");
        for (var layer = 0; layer < study.MedianScore.Length; layer++)
        {
            var (score, published) = (study.MedianScore[layer], PublishedFigures.RankCorrelations);
            LayerMean? tau = layer < study.Tau.Length ? study.Tau[layer] : null;
            table.AddRow(
                $"{layer}",
                tau is { } mean ? SearchText.Number(mean.Mean, 3) : string.Empty,
                tau is { } ends ? $"{SearchText.Number(ends.Low, 3)}..{SearchText.Number(ends.High, 3)}" : string.Empty,
                layer < published.Length ? SearchText.Number(published[layer], 3) : string.Empty,
                SearchText.Number(score.Mean, 5),
                $"{SearchText.Number(score.Low, 5)}..{SearchText.Number(score.High, 5)}");
        }

        Context.WriteTable(table);
        Context.Output.WriteLine($"{study.Samples} questions of set '{study.Set}', model {study.Model}, scorer {study.Scorer}");
    }
}
