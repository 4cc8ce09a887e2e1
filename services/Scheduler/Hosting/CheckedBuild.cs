using Fovea.ServiceDefaults.Security;
using Microsoft.Extensions.Options;

namespace Fovea.Scheduler.Hosting;

/// <summary>Builds the application; making its server checks the options that all Fovea servers have in common.</summary>
internal static class CheckedBuild
{
    /// <summary>Builds an application that listens as these options say.</summary>
    /// <exception cref="StartException">Options are at fault; it lists all of them.</exception>
    public static WebApplication Run(WebApplicationBuilder builder, ServerOptions server)
    {
        RequireFitting(server, builder.Configuration);
        try
        {
            return builder.Build();
        }
        catch (OptionsValidationException exception)
        {
            throw new StartException([.. exception.Failures]);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            throw new StartException([.. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)]);
        }
        catch (InvalidOperationException exception)
        {
            // The configuration binder cannot read a value as the option's type, or does not know the option.
            throw new StartException([exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message]);
        }
    }

    private static void RequireFitting(ServerOptions server, IConfiguration configuration)
    {
        var mode = configuration[$"{SecurityOptions.Section}:{nameof(SecurityOptions.Mode)}"];
        if (mode is not null && !mode.Equals(nameof(SecurityMode.Off), StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var secure = new[] { server.Listen, server.MetricsListen }.Where(ServerOptions.IsSecure).ToList();
        if (secure.Count > 0)
        {
            throw new StartException([.. secure.Select(address => $"Server: '{address}' asks for TLS, but Security:Mode is off")]);
        }
    }
}
