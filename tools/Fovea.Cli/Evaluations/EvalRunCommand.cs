using System.CommandLine;
using Fovea.Cli.Generation;
using Fovea.Cli.Plans;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Evaluations;

/// <summary>Is <c>eval run</c>: asks every question of a set and compares the answers.</summary>
internal sealed class EvalRunCommand : ServiceCommand
{
    private const int ProgressEvery = 50;

    private readonly Option<string> _set = new("--set") { Required = true, HelpName = "DIR", Description = "Folder with questions.jsonl and images/" };
    private readonly Option<string> _class = new("--class") { HelpName = "CLASS", Description = "Class of every request, for the policy" };
    private readonly Option<bool> _classByType = new("--class-by-type") { Description = "Each question's type is its class" };
    private readonly Option<int> _limit = new("--limit") { HelpName = "N", Description = "Ask only the first N questions" };
    private readonly PlanOptions _plan = new();

    /// <summary>Makes the command.</summary>
    public EvalRunCommand(CliContext context)
        : base("run", "Ask every question of a set and count exact answers", context, EndpointOptions.Executor())
    {
        Add(_set);
        Add(_class);
        Add(_classByType);
        Add(_limit);
        _plan.AddTo(this);
        Ranges.Bound(_limit, 1, int.MaxValue);
        Validators.Add(result =>
        {
            if (result.GetValue(_classByType) && result.GetValue(_class) is not null)
            {
                result.AddError("--class and --class-by-type exclude each other");
            }
        });
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var set = QuestionSet.Load(result.GetRequiredValue(_set));
        var limit = result.GetResult(_limit) is null ? set.Questions.Count : result.GetValue(_limit);
        var tally = new EvalTally();
        using var session = Open(result);
        var client = new GenerationClient(session);
        foreach (var question in set.Questions.Take(limit))
        {
            var request = await RequestAsync(set, question, result, cancellationToken);
            tally.Add(question, await client.AskAsync(request, cancellationToken));
            if (tally.Asked % ProgressEvery == 0)
            {
                await Context.Error.WriteLineAsync(FormattableString.Invariant($"{tally.Asked} of {limit}: {tally.Accuracy:F2} %"));
            }
        }

        Print(tally, WantsJson(result));
        return ExitCodes.Ok;
    }

    private async Task<GenerateRequest> RequestAsync(QuestionSet set, EvalQuestion question, ParseResult result, CancellationToken cancellationToken)
    {
        var request = await GenerateRequests.OfFilesAsync([set.PathOf(question)], question.Question, cancellationToken);
        request.RequestClass = result.GetValue(_classByType) ? question.Type : result.GetValue(_class) ?? string.Empty;
        request.Plan = _plan.Read(result);
        return request;
    }

    private void Print(EvalTally tally, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(tally.ToJson());
            return;
        }

        var table = new Table().AddColumn("type").AddColumn("questions").AddColumn("exact %");
        foreach (var (type, asked, accuracy) in tally.ByType)
        {
            table.AddRow(Markup.Escape(type), $"{asked}", FormattableString.Invariant($"{accuracy:F2}"));
        }

        table.AddRow("all", $"{tally.Asked}", FormattableString.Invariant($"{tally.Accuracy:F2}"));
        Context.WriteTable(table);
        Context.Output.WriteLine(FormattableString.Invariant(
            $"LLM prefill {tally.Gflops:F3} of {tally.FullGflops:F3} GFLOPs ({tally.FullGflops / tally.Gflops:F2}x fewer), plan {tally.PlanDigest ?? "several"}"));
    }
}
