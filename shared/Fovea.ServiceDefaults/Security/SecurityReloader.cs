using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Looks at the files again and again, where security is on.</summary>
internal sealed class SecurityReloader : BackgroundService
{
    private readonly SecurityOptions _options;
    private readonly Lazy<ServerTls> _tls;
    private readonly Lazy<TokenIdentities> _tokens;
    private readonly TimeProvider _time;

    /// <summary>Refreshes these.</summary>
    public SecurityReloader(IOptions<SecurityOptions> options, Lazy<ServerTls> tls, Lazy<TokenIdentities> tokens, TimeProvider time)
    {
        _options = options.Value;
        _tls = tls;
        _tokens = tokens;
        _time = time;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.IsOn)
        {
            return;
        }

        using var interval = new PeriodicTimer(_options.ReloadInterval, _time);
        while (await interval.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            _tls.Value.Refresh();
            _tokens.Value.Refresh();
        }
    }
}
