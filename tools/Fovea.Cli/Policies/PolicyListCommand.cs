using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy list</c>.</summary>
internal sealed class PolicyListCommand : ServiceCommand
{
    /// <summary>Makes the command.</summary>
    public PolicyListCommand(CliContext context)
        : base("list", "List policies", context, EndpointOptions.Scheduler())
    {
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).ListPoliciesAsync(new ListPoliciesRequest(), session.Call(cancellationToken));
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(answer.Policies));
            return ExitCodes.Ok;
        }

        var table = new Table().AddColumn("policy").AddColumn("model").AddColumn("class").AddColumn("served by").AddColumn("floor").AddColumn("revision");
        foreach (var stored in answer.Policies)
        {
            foreach (var rule in stored.Policy.Rules)
            {
                table.AddRow(
                    Markup.Escape(stored.Policy.Name),
                    Markup.Escape(stored.Policy.Model),
                    Markup.Escape(rule.RequestClass),
                    Markup.Escape(RuleText.Of(rule)),
                    stored.Policy.HasFloor ? $"{stored.Policy.Floor}" : "1",
                    $"{stored.Revision}");
            }
        }

        Context.WriteTable(table);
        Context.Output.WriteLine($"store: epoch {answer.Epoch}, revision {answer.Revision}");
        return ExitCodes.Ok;
    }
}
