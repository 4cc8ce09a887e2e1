using System.CommandLine;
using Fovea.ServiceDefaults.Clients;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Cli.Shell;

/// <summary>Is what a command shows and trusts at https addresses; each option has an environment variable behind it.</summary>
internal sealed class CredentialOptions
{
    private readonly Option<string> _authorities = Make("--ca", "FOVEA_CA", "Authorities whose servers are trusted, PEM");
    private readonly Option<string> _certificate = Make("--cert", "FOVEA_CERT", "Client certificate, PEM");
    private readonly Option<string> _key = Make("--key", "FOVEA_KEY", "Private key of the client certificate, PEM");
    private readonly Option<string> _token = Make("--token-file", "FOVEA_TOKEN_FILE", "File that holds a bearer token");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_authorities);
        command.Add(_certificate);
        command.Add(_key);
        command.Add(_token);
    }

    /// <summary>Reads the files that the command line names.</summary>
    /// <exception cref="CliException">They cannot be used; it lists all faults.</exception>
    public ClientSecurity Read(ParseResult result, TimeProvider time)
    {
        var options = new ClientOptions
        {
            CaFile = result.GetValue(_authorities) ?? string.Empty,
            CertificateFile = result.GetValue(_certificate) ?? string.Empty,
            KeyFile = result.GetValue(_key) ?? string.Empty,
            TokenFile = result.GetValue(_token) ?? string.Empty,
        };
        var faults = ClientSecurity.FaultsOf(options);
        return faults.Count == 0
            ? new ClientSecurity(options, time, NullLogger<ClientSecurity>.Instance)
            : throw new CliException(ExitCodes.Usage, faults.Select(Named));
    }

    private static Option<string> Make(string name, string variable, string description) => new(name)
    {
        Description = $"{description} (environment: {variable})",
        HelpName = "FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) ?? string.Empty,
    };

    // The options of a service have other names here.
    private static string Named(string fault) => fault
        .Replace("Client:CaFile", "--ca", StringComparison.Ordinal)
        .Replace("Client:CertificateFile", "--cert", StringComparison.Ordinal)
        .Replace("Client:KeyFile", "--key", StringComparison.Ordinal)
        .Replace("Client:TokenFile", "--token-file", StringComparison.Ordinal);
}
