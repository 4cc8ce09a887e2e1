using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy delete</c>: removes a policy; <c>policy rollback</c> brings it back.</summary>
internal sealed class PolicyDeleteCommand : ServiceCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Policy name" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check and report, change nothing" };
    private readonly ChangeOptions _change = new();

    /// <summary>Makes the command.</summary>
    public PolicyDeleteCommand(CliContext context)
        : base("delete", "Remove a policy; its history stays, and rollback brings it back", context, EndpointOptions.Scheduler())
    {
        Add(_name);
        Add(_dryRun);
        _change.AddTo(this);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var request = new DeletePolicyRequest
        {
            Name = result.GetRequiredValue(_name),
            DryRun = result.GetValue(_dryRun),
            Reason = _change.Reason(result),
        };
        if (_change.Expected(result) is { } expected)
        {
            request.ExpectedRevision = expected;
        }

        using var session = Open(result);
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).DeletePolicyAsync(request, session.Call(cancellationToken));
        Print(result, request, answer);
        return ExitCodes.Ok;
    }

    private void Print(ParseResult result, DeletePolicyRequest request, DeletePolicyResponse answer)
    {
        if (WantsJson(result))
        {
            var json = MessageJson.Of(answer);
            json["dry_run"] = request.DryRun;
            Context.WriteJson(json);
            return;
        }

        Context.Output.WriteLine(request.DryRun
            ? $"would be deleted: policy {request.Name} at revision {answer.Previous.Revision}"
            : $"deleted: policy {request.Name} by revision {answer.Revision}");
    }
}
