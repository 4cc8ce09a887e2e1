using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy history</c>: who changed a policy, when and why.</summary>
internal sealed class PolicyHistoryCommand : ServiceCommand
{
    private const int Most = 10_000;

    private readonly Argument<string> _name = new("NAME") { Description = "Policy name" };
    private readonly Option<int> _limit = new("--limit") { HelpName = "N", Description = "Most versions, newest first (20)", DefaultValueFactory = _ => 20 };

    /// <summary>Makes the command.</summary>
    public PolicyHistoryCommand(CliContext context)
        : base("history", "Show the versions of a policy, newest first", context, EndpointOptions.Scheduler())
    {
        Add(_name);
        Add(_limit);
        Ranges.Bound(_limit, 1, Most);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var request = new GetPolicyHistoryRequest { Name = result.GetRequiredValue(_name), Limit = result.GetValue(_limit) };
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).GetPolicyHistoryAsync(request, session.Call(cancellationToken));
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(answer.Versions));
            return ExitCodes.Ok;
        }

        var table = new Table().AddColumn("revision").AddColumn("action").AddColumn("time").AddColumn("who").AddColumn("rules").AddColumn("why");
        foreach (var version in answer.Versions)
        {
            table.AddRow([.. PolicyVersionText.Cells(version).Select(Markup.Escape)]);
        }

        Context.WriteTable(table);
        return ExitCodes.Ok;
    }
}
