using Fovea.ServiceDefaults.Security;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Hosting;

/// <summary>Checks that addresses fit the security that is asked for.</summary>
internal sealed class ServerOptionsValidator : IValidateOptions<ServerOptions>
{
    private const string Secure = "https://";

    private readonly SecurityMode _mode;

    /// <summary>Compares with these options.</summary>
    public ServerOptionsValidator(IConfiguration configuration)
    {
        // A mode that cannot be read is told by its own section.
        var mode = configuration[$"{SecurityOptions.Section}:{nameof(SecurityOptions.Mode)}"];
        _mode = Enum.TryParse<SecurityMode>(mode, ignoreCase: true, out var parsed) ? parsed : SecurityMode.Off;
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var faults = new List<string>();
        if (_mode == SecurityMode.Off)
        {
            CheckPlain(faults, nameof(options.Listen), options.Listen);
            CheckPlain(faults, nameof(options.MetricsListen), options.MetricsListen);
            CheckPlain(faults, nameof(options.Advertise), options.Advertise);
        }
        else if (options.Advertise.Length > 0 && !options.Advertise.StartsWith(Secure, StringComparison.Ordinal))
        {
            faults.Add($"Server:Advertise is '{options.Advertise}', but Security:Mode is on, so that it has to begin with {Secure}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckPlain(List<string> faults, string option, string address)
    {
        if (address.StartsWith(Secure, StringComparison.Ordinal))
        {
            faults.Add($"Server:{option} is '{address}', which asks for TLS, but Security:Mode is off.");
        }
    }
}
