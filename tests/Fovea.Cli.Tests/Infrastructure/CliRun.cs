using System.Text.Json.Nodes;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Is one command line run in this process, with what it wrote.</summary>
internal sealed record CliRun(int Code, string Output, string Error)
{
    /// <summary>Gets the standard output as JSON; fails unless it is exactly one document.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    public static async Task<CliRun> OfAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CliApp.RunAsync(args, new CliContext(output, error, TimeProvider.System, interactive: false), CancellationToken.None);
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
