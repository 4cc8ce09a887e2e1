using System.CommandLine;
using Fovea.Cli.Plans;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Benches;

/// <summary>Is <c>bench serve</c>: puts an open-loop load on running executors.</summary>
internal sealed class BenchServeCommand : CliCommand
{
    private const int MostTokens = 1 << 20;
    private const double LeastRate = 0.001;
    private const double MostRate = 100_000;
    private const double MostSeconds = 86_400;

    private readonly Option<Uri[]> _executors = EndpointOptions.Executors();
    private readonly Option<string> _set = new("--set") { Required = true, HelpName = "DIR", Description = "Folder with questions.jsonl and images/" };
    private readonly Option<double> _rate = new("--rate") { Required = true, HelpName = "R", Description = "Requests that arrive in a second" };
    private readonly Option<double> _seconds = new("--seconds") { HelpName = "S", Description = "How long they arrive", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _concurrency = new("--concurrency") { HelpName = "N", Description = "Most requests under way; others are not sent", DefaultValueFactory = _ => 1024 };
    private readonly Option<double> _objective = new("--objective") { HelpName = "S", Description = "Latency up to which an answer is good; the timeout unless given" };
    private readonly Option<bool> _even = new("--even") { Description = "Even gaps between arrivals instead of random ones" };
    private readonly Option<int> _seed = new("--seed") { HelpName = "N", Description = "Seed of the arrivals", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _warmUps = new("--warm-up") { HelpName = "N", Description = "Requests to each executor before the load", DefaultValueFactory = _ => 2 };
    private readonly Option<string> _class = new("--class") { HelpName = "CLASS", Description = "Class of every request, for the policy" };
    private readonly Option<bool> _classByType = new("--class-by-type") { Description = "Each question's type is its class" };
    private readonly Option<int> _maxTokens = new("--max-tokens") { HelpName = "N", Description = "Most tokens of an answer; the model's own setting when 0" };
    private readonly PlanOptions _plan = new();
    private readonly TimeoutOption _timeout = new();
    private readonly CredentialOptions _credentials = new();

    /// <summary>Makes the command.</summary>
    public BenchServeCommand(CliContext context)
        : base("serve", "Put an open-loop load on executors and report latency, outcomes and overload tiers", context)
    {
        foreach (var option in new Option[]
            { _executors, _set, _rate, _seconds, _concurrency, _objective, _even, _seed, _warmUps, _class, _classByType, _maxTokens, _timeout })
        {
            Add(option);
        }

        _plan.AddTo(this);
        _credentials.AddTo(this);
        Ranges.Bound(_rate, LeastRate, MostRate);
        Ranges.Bound(_seconds, LeastRate, MostSeconds);
        Ranges.Bound(_objective, LeastRate, MostSeconds);
        Ranges.Bound(_concurrency, 1, int.MaxValue);
        Ranges.Bound(_warmUps, 0, MostTokens);
        Ranges.Bound(_maxTokens, 0, MostTokens);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromSeconds(result.GetValue(_timeout));
        var template = new GenerateRequest
        {
            RequestClass = result.GetValue(_class) ?? string.Empty,
            Plan = _plan.Read(result),
            Sampling = new Sampling { MaxTokens = result.GetValue(_maxTokens) },
        };
        var questions = new ServeQuestions(QuestionSet.Load(result.GetRequiredValue(_set)), template, result.GetValue(_classByType));
        var load = new ServeLoad(result.GetValue(_rate), TimeSpan.FromSeconds(result.GetValue(_seconds)))
        {
            Concurrency = result.GetValue(_concurrency),
            Seed = result.GetValue(_even) ? null : result.GetValue(_seed),
            Objective = result.GetResult(_objective) is null ? timeout : TimeSpan.FromSeconds(result.GetValue(_objective)),
            WarmUps = result.GetValue(_warmUps),
        };
        var security = _credentials.Read(result, Context.Time);
        var sessions = result.GetRequiredValue(_executors).Select(address => new ServiceSession(address, timeout, Context.Time, security)).ToList();
        try
        {
            Print(await new ServeRun(sessions, questions, load, Context.Time).RunAsync(cancellationToken), WantsJson(result));
            return ExitCodes.Ok;
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private void Print(ServeReport report, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(report.ToJson());
            return;
        }

        var table = new Table().AddColumn("seconds").AddColumn("p50").AddColumn("p90").AddColumn("p99").AddColumn("max");
        foreach (var (name, times) in new[] { ("first text", report.FirstText), ("whole answer", report.Latency) })
        {
            table.AddRow([name, .. new[] { 0.5, 0.9, 0.99, 1 }.Select(share => FormattableString.Invariant($"{times.At(share):F3}"))]);
        }

        Context.WriteTable(table);
        var (outcomes, tiers) = (report.ByName.Select(pair => $"{pair.Name} {pair.Count}"), report.ByTier.Select(pair => $"tier {pair.Tier}: {pair.Count}"));
        Context.Output.WriteLine(FormattableString.Invariant($"{report.Outcomes.Count} requests in {report.Elapsed:F1} s: {string.Join(", ", outcomes)}"));
        Context.Output.WriteLine(FormattableString.Invariant(
            $"goodput {report.Goodput:F2}/s ({report.Good} answers within {report.Load.Objective.TotalSeconds:F2} s), mean keep {report.MeanKeep:F3}, {report.Gflops:F3} GFLOPs, exact {report.Accuracy:F2} %"));
        Context.Output.WriteLine(string.Join(", ", tiers));
    }
}
