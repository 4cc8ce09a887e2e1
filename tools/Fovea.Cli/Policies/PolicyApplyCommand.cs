using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy apply</c>: creates or replaces a policy while requests run, at once or on trial.</summary>
internal sealed class PolicyApplyCommand : ServiceCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Required = true, HelpName = "FILE", Description = "Policy in YAML or JSON" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check and report, change nothing" };
    private readonly Option<bool> _diff = new("--diff") { Description = "Show the lines of YAML that differ from what is stored" };
    private readonly ChangeOptions _change = new();
    private readonly CanaryOptions _canary = new();

    /// <summary>Makes the command.</summary>
    public PolicyApplyCommand(CliContext context)
        : base("apply", "Create or replace a policy, at once or on trial", context, EndpointOptions.Scheduler())
    {
        Add(_file);
        Add(_dryRun);
        Add(_diff);
        _change.AddTo(this);
        _canary.AddTo(this);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var draft = PolicyFile.Read(result.GetRequiredValue(_file));
        var isDryRun = result.GetValue(_dryRun);
        var request = new ApplyPolicyRequest { Policy = draft.Policy, DryRun = isDryRun, Reason = _change.Reason(result) };
        _canary.Write(result, request);
        if (_change.Expected(result) is { } expected)
        {
            request.ExpectedRevision = expected;
        }

        using var session = Open(result);
        await PolicySchedules.ResolveAsync(draft, session, isDryRun, Context, cancellationToken);
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).ApplyPolicyAsync(request, session.Call(cancellationToken));
        var (past, conditional) = _canary.IsGiven(result) ? ("on trial", "would be on trial") : ("applied", "would change");
        PolicyPrinter.Print(Context, answer, new PrintOptions(WantsJson(result), isDryRun, result.GetValue(_diff), past, conditional));
        return ExitCodes.Ok;
    }
}
