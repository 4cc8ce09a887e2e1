using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy get</c>; prints the form that <c>policy apply</c> reads.</summary>
internal sealed class PolicyGetCommand : ServiceCommand
{
    private const string Yaml = "yaml";
    private const string Json = "json";

    private readonly Argument<string> _name = new("NAME") { Description = "Policy name" };
    private readonly Option<bool> _canary = new("--canary") { Description = "Show the version on trial" };
    private readonly Option<string> _form = Choice.Option(
        "--output", "Form of the file", new Dictionary<string, string>(StringComparer.Ordinal) { [Yaml] = Yaml, [Json] = Json }, Yaml);

    /// <summary>Makes the command.</summary>
    public PolicyGetCommand(CliContext context)
        : base("get", "Show one policy as a file that apply reads", context, EndpointOptions.Scheduler())
    {
        _form.Aliases.Add("-o");
        Add(_name);
        Add(_canary);
        Add(_form);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var request = new GetPolicyRequest { Name = result.GetRequiredValue(_name) };
        var stored = await new PolicyService.PolicyServiceClient(session.Channel).GetPolicyAsync(request, session.Call(cancellationToken));
        var policy = result.GetValue(_canary)
            ? stored.Canary?.Policy ?? throw new CliException(ExitCodes.Failed, $"policy '{request.Name}' has no canary")
            : stored.Policy;
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(stored));
        }
        else if (result.GetValue(_form) == Json)
        {
            Context.WriteJson(PolicyYaml.WriteJson(policy));
        }
        else
        {
            Context.Output.WriteLine($"# revision {stored.Revision}, epoch {stored.Epoch}{PolicyPrinter.CanaryText(stored.Canary)}");
            Context.Output.Write(PolicyYaml.Write(policy));
        }

        return ExitCodes.Ok;
    }
}
