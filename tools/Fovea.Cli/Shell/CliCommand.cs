using System.CommandLine;

namespace Fovea.Cli.Shell;

/// <summary>Is a command that prints for people, or one JSON document with <c>--json</c>.</summary>
internal abstract class CliCommand : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document and nothing else" };

    /// <summary>Makes a command.</summary>
    protected CliCommand(string name, string description, CliContext context)
        : base(name, description)
    {
        Context = context;
        Add(_json);
        SetAction(RunAsync);
    }

    /// <summary>Gets what the command writes to.</summary>
    protected CliContext Context { get; }

    /// <summary>Returns whether JSON is asked for.</summary>
    protected bool WantsJson(ParseResult result) => result.GetValue(_json);

    /// <summary>Runs the command and returns its exit code.</summary>
    protected abstract Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken);
}
