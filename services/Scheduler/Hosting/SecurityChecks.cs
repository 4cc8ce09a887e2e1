using Fovea.ServiceDefaults.Security;
using Microsoft.Extensions.Options;

namespace Fovea.Scheduler.Hosting;

/// <summary>Checks the options that all Fovea servers have in common, and that addresses fit them.</summary>
internal static class SecurityChecks
{
    /// <summary>Does nothing when all is well.</summary>
    /// <exception cref="StartException">Options are at fault; it lists all of them.</exception>
    public static void Require(IServiceProvider services, ServerOptions server)
    {
        var faults = new List<string>();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            faults.AddRange(FaultsOf(server, services.GetRequiredService<IOptions<SecurityOptions>>().Value));
        }
        catch (OptionsValidationException exception)
        {
            faults.AddRange(exception.Failures);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            faults.AddRange(exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures));
        }
        catch (InvalidOperationException exception)
        {
            // The configuration binder cannot read a value as the option's type, or does not know the option.
            faults.Add(exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message);
        }

        if (faults.Count > 0)
        {
            throw new StartException(faults);
        }
    }

    private static IEnumerable<string> FaultsOf(ServerOptions server, SecurityOptions security)
    {
        if (security.Mode == SecurityMode.Off)
        {
            foreach (var address in new[] { server.Listen, server.MetricsListen }.Where(ServerOptions.IsSecure))
            {
                yield return $"Server: '{address}' asks for TLS, but Security:Mode is off";
            }
        }
    }
}
