using System.Text.Json;
using Fovea.Cli.Generation;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Demo;

/// <summary>Plays the demo against running services.</summary>
internal sealed class DemoRun
{
    private const double SwapMeanKeep = 0.40;

    private readonly DemoServices _services;
    private readonly DemoPaths _paths;
    private readonly DemoPolicy _policy;
    private readonly GenerationClient _client;

    /// <summary>Prepares a run over borrowed services.</summary>
    public DemoRun(DemoServices services, DemoPaths paths, CliContext context)
    {
        (_services, _paths) = (services, paths);
        _policy = new DemoPolicy(services.Scheduler, context);
        _client = new GenerationClient(services.Executor);
    }

    /// <summary>Asks every question twice, then changes the policy and asks the last one again.</summary>
    public async Task<DemoResult> PlayAsync(CancellationToken cancellationToken)
    {
        var stored = await _policy.ApplyFileAsync(_paths.Policy, cancellationToken);
        await _services.FollowAsync(stored.Revision, cancellationToken);
        var questions = await ReadQuestionsAsync(cancellationToken);

        // The first prefills pay for memory and threads; they are not shown.
        await AskAsync(questions[0], isFull: true, cancellationToken);
        await AskAsync(questions[0], isFull: false, cancellationToken);

        var rows = new List<DemoRow>();
        foreach (var question in questions)
        {
            var full = await AskAsync(question, isFull: true, cancellationToken);
            rows.Add(new DemoRow(question, full, await AskAsync(question, isFull: false, cancellationToken)));
        }

        return new DemoResult(rows, await SwapAsync(stored, rows[^1], cancellationToken));
    }

    private async Task<DemoSwap> SwapAsync(StoredPolicy old, DemoRow last, CancellationToken cancellationToken)
    {
        var changed = old.Policy.Clone();
        changed.Rules.Clear();
        changed.Rules.Add(new ClassRule { RequestClass = "*", Budget = new BudgetRule { Budget = new Budget { MeanKeep = SwapMeanKeep } } });
        var stored = await _policy.ApplyAsync(changed, old.Revision, cancellationToken);
        await _services.FollowAsync(stored.Revision, cancellationToken);
        var after = await AskAsync(last.Question, isFull: false, cancellationToken);
        return new DemoSwap(last.Pruned, after, old.Revision, stored.Revision, await RefusalAsync(old, cancellationToken));
    }

    private async Task<string> RefusalAsync(StoredPolicy old, CancellationToken cancellationToken)
    {
        try
        {
            await _policy.ApplyAsync(old.Policy, old.Revision, cancellationToken);
            return ErrorReporter.NameOf(StatusCode.OK);
        }
        catch (RpcException exception)
        {
            return ErrorReporter.NameOf(exception.StatusCode);
        }
    }

    private async Task<GenerationAnswer> AskAsync(DemoQuestion question, bool isFull, CancellationToken cancellationToken)
    {
        var request = await GenerateRequests.OfFilesAsync([Path.Combine(_paths.Demo, question.Image)], question.Question, cancellationToken);
        request.RefuseStale = true;
        if (isFull)
        {
            request.Plan = new PlanOverride { Full = true };
        }

        return await _client.AskAsync(request, cancellationToken);
    }

    private async Task<DemoQuestion[]> ReadQuestionsAsync(CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(_paths.Questions);
        var questions = await JsonSerializer.DeserializeAsync<DemoQuestion[]>(file, JsonSerializerOptions.Web, cancellationToken);
        return questions is { Length: > 0 } ? questions : throw new CliException(ExitCodes.Failed, $"{_paths.Questions}: holds no questions");
    }
}
