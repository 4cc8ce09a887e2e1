using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy apply</c>: creates or replaces a policy while requests run.</summary>
internal sealed class PolicyApplyCommand : ServiceCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Required = true, HelpName = "FILE", Description = "Policy in YAML or JSON" };
    private readonly Option<long?> _expected = new("--expected-revision") { HelpName = "N", Description = "Revision that the policy must have now; 0: it must not exist" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check and report, change nothing" };

    /// <summary>Makes the command.</summary>
    public PolicyApplyCommand(CliContext context)
        : base("apply", "Create or replace a policy", context, EndpointOptions.Scheduler())
    {
        Add(_file);
        Add(_expected);
        Add(_dryRun);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var draft = PolicyFile.Read(result.GetRequiredValue(_file));
        var isDryRun = result.GetValue(_dryRun);
        using var session = Open(result);
        await PolicySchedules.ResolveAsync(draft, session, isDryRun, Context, cancellationToken);
        var request = new ApplyPolicyRequest { Policy = draft.Policy, DryRun = isDryRun };
        if (result.GetValue(_expected) is { } expected)
        {
            request.ExpectedRevision = expected;
        }

        var answer = await new PolicyService.PolicyServiceClient(session.Channel).ApplyPolicyAsync(request, session.Call(cancellationToken));
        if (WantsJson(result))
        {
            var json = MessageJson.Of(answer);
            json["dry_run"] = isDryRun;
            Context.WriteJson(json);
        }
        else
        {
            var verb = (isDryRun, answer.Changed) switch { (true, true) => "would change", (false, true) => "applied", _ => "unchanged" };
            Context.Output.WriteLine($"{verb}: policy {answer.Policy.Policy.Name} at revision {answer.Policy.Revision}");
        }

        return ExitCodes.Ok;
    }
}
