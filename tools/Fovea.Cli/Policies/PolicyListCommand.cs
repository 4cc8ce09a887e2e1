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

        var table = new Table()
            .AddColumn("policy").AddColumn("model").AddColumn("class").AddColumn("tenant").AddColumn("served by").AddColumn("floor").AddColumn("revision");
        foreach (var stored in answer.Policies)
        {
            foreach (var rule in stored.Policy.Rules)
            {
                table.AddRow([.. Cells(stored, rule).Select(Markup.Escape)]);
            }
        }

        Context.WriteTable(table);
        foreach (var stored in answer.Policies.Where(stored => stored.Canary is not null))
        {
            Context.Output.WriteLine($"policy {stored.Policy.Name}{PolicyPrinter.CanaryText(stored.Canary)}");
        }

        Context.Output.WriteLine($"store: epoch {answer.Epoch}, revision {answer.Revision}");
        return ExitCodes.Ok;
    }

    private static IEnumerable<string> Cells(StoredPolicy stored, ClassRule rule)
    {
        var floor = rule.HasFloor ? rule.Floor : stored.Policy.HasFloor ? stored.Policy.Floor : 1;
        return
        [
            stored.Policy.Name,
            rule.Model.Length == 0 ? stored.Policy.Model : rule.Model,
            rule.RequestClass,
            rule.Tenant.Length == 0 ? "*" : rule.Tenant,
            RuleText.Of(rule),
            $"{floor}",
            $"{stored.Revision}",
        ];
    }
}
