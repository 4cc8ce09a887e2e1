using System.CommandLine;

namespace Fovea.Cli.Shell;

/// <summary>Is a command that asks a running service.</summary>
internal abstract class ServiceCommand : CliCommand
{
    private readonly Option<Uri> _endpoint;
    private readonly TimeoutOption _timeout = new();
    private readonly CredentialOptions _credentials = new();

    /// <summary>Makes a command with an option for the service's address.</summary>
    protected ServiceCommand(string name, string description, CliContext context, Option<Uri> endpoint)
        : base(name, description, context)
    {
        _endpoint = endpoint;
        Add(endpoint);
        Add(_timeout);
        _credentials.AddTo(this);
    }

    /// <summary>Opens the service that the command line names; the caller disposes the session.</summary>
    protected ServiceSession Open(ParseResult result) =>
        new(
            result.GetRequiredValue(_endpoint),
            TimeSpan.FromSeconds(result.GetValue(_timeout)),
            Context.Time,
            _credentials.Read(result, Context.Time));
}
