using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy promote</c>: makes a canary the policy of every request.</summary>
internal sealed class PolicyPromoteCommand : ServiceCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Policy name" };
    private readonly ChangeOptions _change = new();

    /// <summary>Makes the command.</summary>
    public PolicyPromoteCommand(CliContext context)
        : base("promote", "Make the canary the policy of every request", context, EndpointOptions.Scheduler())
    {
        Add(_name);
        _change.AddTo(this);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var request = new PromoteCanaryRequest { Name = result.GetRequiredValue(_name), Reason = _change.Reason(result) };
        if (_change.Expected(result) is { } expected)
        {
            request.ExpectedRevision = expected;
        }

        using var session = Open(result);
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).PromoteCanaryAsync(request, session.Call(cancellationToken));
        PolicyPrinter.Print(Context, answer, new PrintOptions(WantsJson(result), false, false, "promoted", string.Empty));
        return ExitCodes.Ok;
    }
}
