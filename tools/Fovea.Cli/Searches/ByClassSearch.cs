using System.Text.Json.Nodes;
using Fovea.Cli.Policies;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Searches;

/// <summary>Searches a schedule for each class of a set, one after the other, and puts them behind one policy.</summary>
internal sealed class ByClassSearch
{
    private const string AnyClass = "*";

    private readonly CliContext _context;
    private readonly SearchClient _client;
    private readonly ByClassRequest _request;

    /// <summary>Makes a search over a borrowed client.</summary>
    public ByClassSearch(CliContext context, SearchClient client, ByClassRequest request)
    {
        _context = context;
        _client = client;
        _request = request;
    }

    /// <summary>Runs the searches and prints their schedules, what they do together, and the policy.</summary>
    public async Task<int> RunAsync(SearchSpec spec, QuestionSet set, bool asJson, CancellationToken cancellationToken)
    {
        var types = set.Types.ToArray();
        if (types.Length == 0)
        {
            throw new CliException(ExitCodes.Usage, "--by-class: no question of the set has a type");
        }

        var searches = new List<Search>();
        foreach (var type in types)
        {
            searches.Add(await SearchAsync(spec, type, asJson, cancellationToken));
        }

        var rest = _request.SearchesRest ? await SearchAsync(spec, string.Empty, asJson, cancellationToken) : null;
        var policy = PolicyOf(spec, searches, rest);
        var yaml = PolicyYaml.Write(policy);
        if (_request.PolicyFile is { } path)
        {
            await File.WriteAllTextAsync(path, yaml, cancellationToken);
        }

        Print(searches, rest, policy, asJson);
        return ExitCodes.Ok;
    }

    private async Task<Search> SearchAsync(SearchSpec spec, string type, bool asJson, CancellationToken cancellationToken)
    {
        var own = spec.Clone();
        own.QuestionClass = type;
        var search = await _client.StartAsync(own, cancellationToken);
        await _context.Error.WriteLineAsync($"class {(type.Length == 0 ? AnyClass : type)}: search {search.Id}");
        return await _client.WatchToEndAsync(search.Id, asJson, cancellationToken);
    }

    private Policy PolicyOf(SearchSpec spec, List<Search> searches, Search? rest)
    {
        var policy = new Policy
        {
            Name = _request.PolicyName,
            Model = spec.Model,
            Floor = spec.Floor,
            Scorer = spec.Scorer,
            Positions = spec.Positions,
        };
        policy.Rules.AddRange(searches.Select(search => new ClassRule { RequestClass = search.Spec.QuestionClass, ScheduleId = SearchJson.Single(search).ScheduleId }));
        var schedule = rest is null ? _request.RestSchedule : SearchJson.Single(rest).ScheduleId;
        policy.Rules.Add(schedule is null ? new ClassRule { RequestClass = AnyClass, Full = true } : new ClassRule { RequestClass = AnyClass, ScheduleId = schedule });
        return policy;
    }

    private void Print(List<Search> searches, Search? rest, Policy policy, bool asJson)
    {
        var together = ReportSum.Of(searches.Select(search => SearchJson.Single(search).HeldOut));
        if (asJson)
        {
            _context.WriteJson(new JsonObject
            {
                ["classes"] = new JsonArray([.. searches.Select(search => (JsonNode)SearchJson.Of(search))]),
                ["rest"] = rest is null ? null : SearchJson.Of(rest),
                ["held_out"] = together is null ? null : MessageJson.Of(together),
                ["policy"] = MessageJson.Of(policy),
                ["policy_file"] = _request.PolicyFile,
            });
            return;
        }

        var table = new Table().AddColumn("class").AddColumn("schedule").AddColumn("mean keep").AddColumn("held out: exact %").AddColumn("full %")
            .AddColumn("lost / won").AddColumn("GFLOPs").AddColumn("fewer");
        foreach (var search in rest is null ? searches : [.. searches, rest])
        {
            var found = SearchJson.Single(search);
            AddRow(table, search.Spec.QuestionClass.Length == 0 ? AnyClass : search.Spec.QuestionClass, found.ScheduleId, found.HeldOut ?? found.Calibration);
        }

        AddRow(table, "classes together", string.Empty, together);
        _context.WriteTable(table);
        _context.Output.WriteLine(_request.PolicyFile is { } path ? $"policy written to {path}" : PolicyYaml.Write(policy).TrimEnd());
    }

    private static void AddRow(Table table, string name, string schedule, Report? report)
    {
        if (report is null)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(schedule));
            return;
        }

        table.AddRow(
            Markup.Escape(name),
            Markup.Escape(schedule),
            SearchText.Number(report.MeanKeep, 4),
            SearchText.Number(report.Accuracy, 2),
            SearchText.Number(report.AccuracyFull, 2),
            $"{report.Lost} / {report.Won}",
            SearchText.Number(report.Gflops, 3),
            $"{SearchText.Number(report.GflopsFull / report.Gflops, 2)}x");
    }
}
