using System.Net;
using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Keeps a secured server from starting with a method that nobody has declared, and warns of an open one.</summary>
internal sealed class SecurityStart : IHostedService
{
    private readonly MappedEndpoints _endpoints;
    private readonly SecurityOptions _options;
    private readonly ServiceDefaultsOptions _defaults;
    private readonly Lazy<ServerTls> _tls;
    private readonly ILogger<SecurityStart> _logger;

    /// <summary>Checks these endpoints.</summary>
    public SecurityStart(
        MappedEndpoints endpoints,
        IOptions<SecurityOptions> options,
        IOptions<ServiceDefaultsOptions> defaults,
        Lazy<ServerTls> tls,
        ILogger<SecurityStart> logger)
    {
        _endpoints = endpoints;
        _options = options.Value;
        _defaults = defaults.Value;
        _tls = tls;
        _logger = logger;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.IsOn)
        {
            var methods = _endpoints.Methods;
            RequireDeclared(methods);
            SecurityLog.On(_logger, methods.Count, _tls.Value.Certificate.Subject, _tls.Value.Certificate.NotAfter.ToUniversalTime());
        }
        else if (ListenAddress.TryParse(_defaults.Listen, out var endpoint) && !IPAddress.IsLoopback(endpoint.Address))
        {
            SecurityLog.Open(_logger, _defaults.Listen);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void RequireDeclared(IEnumerable<string> methods)
    {
        var undeclared = methods.Where(method => MethodTable.Find(method) is null).Order(StringComparer.Ordinal).ToList();
        if (undeclared.Count > 0)
        {
            throw new OptionsValidationException(
                nameof(MethodTable), typeof(SecurityOptions), undeclared.Select(method => $"{method} is served, but no role is declared for it."));
        }
    }
}
