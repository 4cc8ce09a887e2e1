using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy get</c>; prints the YAML form that <c>policy apply</c> reads.</summary>
internal sealed class PolicyGetCommand : ServiceCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Policy name" };

    /// <summary>Makes the command.</summary>
    public PolicyGetCommand(CliContext context)
        : base("get", "Show one policy as YAML", context, EndpointOptions.Scheduler()) => Add(_name);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var request = new GetPolicyRequest { Name = result.GetRequiredValue(_name) };
        var stored = await new PolicyService.PolicyServiceClient(session.Channel).GetPolicyAsync(request, session.Call(cancellationToken));
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(stored));
        }
        else
        {
            Context.Output.WriteLine($"# revision {stored.Revision}, epoch {stored.Epoch}");
            Context.Output.Write(PolicyYaml.Write(stored.Policy));
        }

        return ExitCodes.Ok;
    }
}
