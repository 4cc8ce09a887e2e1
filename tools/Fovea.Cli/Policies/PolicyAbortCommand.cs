using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy abort</c>: ends a canary.</summary>
internal sealed class PolicyAbortCommand : ServiceCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Policy name" };
    private readonly ChangeOptions _change = new();

    /// <summary>Makes the command.</summary>
    public PolicyAbortCommand(CliContext context)
        : base("abort", "End the canary; the policy serves every request as it was", context, EndpointOptions.Scheduler())
    {
        Add(_name);
        _change.AddTo(this);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var request = new AbortCanaryRequest { Name = result.GetRequiredValue(_name), Reason = _change.Reason(result) };
        if (_change.Expected(result) is { } expected)
        {
            request.ExpectedRevision = expected;
        }

        using var session = Open(result);
        var answer = await new PolicyService.PolicyServiceClient(session.Channel).AbortCanaryAsync(request, session.Call(cancellationToken));
        PolicyPrinter.Print(Context, answer, new PrintOptions(WantsJson(result), false, false, "aborted", string.Empty));
        return ExitCodes.Ok;
    }
}
