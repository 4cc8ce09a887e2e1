using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy rollback</c>: stores an earlier version again.</summary>
internal sealed class PolicyRollbackCommand : ServiceCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Policy name" };
    private readonly Option<long> _to = new("--to") { HelpName = "REVISION", Description = "Version to go back to; the one before the current unless given" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check and report, change nothing" };
    private readonly Option<bool> _diff = new("--diff") { Description = "Show the lines of YAML that differ from what is stored" };
    private readonly ChangeOptions _change = new();

    /// <summary>Makes the command.</summary>
    public PolicyRollbackCommand(CliContext context)
        : base("rollback", "Store an earlier version of a policy again; a canary ends", context, EndpointOptions.Scheduler())
    {
        Add(_name);
        Add(_to);
        Add(_dryRun);
        Add(_diff);
        _change.AddTo(this);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var isDryRun = result.GetValue(_dryRun);
        var request = new RollbackPolicyRequest
        {
            Name = result.GetRequiredValue(_name),
            ToRevision = result.GetValue(_to),
            DryRun = isDryRun,
            Reason = _change.Reason(result),
        };
        if (_change.Expected(result) is { } expected)
        {
            request.ExpectedRevision = expected;
        }

        using var session = Open(result);
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).RollbackPolicyAsync(request, session.Call(cancellationToken));
        PolicyPrinter.Print(
            Context, answer, new PrintOptions(WantsJson(result), isDryRun, result.GetValue(_diff), "rolled back", "would be rolled back"));
        return ExitCodes.Ok;
    }
}
