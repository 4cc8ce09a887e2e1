using Fovea.ServiceDefaults.Quotas;
using Fovea.ServiceDefaults.Security;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Streams;

/// <summary>The limits that are in force.</summary>
internal sealed class StreamLimits
{
    private static readonly TimeSpan SecureLinkAge = TimeSpan.FromHours(1);
    private static readonly TimeSpan SecureAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan SecureRequest = TimeSpan.FromMinutes(2);

    private readonly StreamOptions _options;
    private readonly bool _isSecure;

    /// <summary>Follows the options.</summary>
    public StreamLimits(IOptions<StreamOptions> options, IOptions<SecurityOptions> security)
    {
        _options = options.Value;
        _isSecure = security.Value.IsOn;
    }

    /// <summary>How long a request may take; 0 for no limit.</summary>
    public TimeSpan RequestTimeout => Effective(_options.RequestTimeout, SecureRequest);

    /// <summary>The most messages of one stream; 0 for no limit.</summary>
    public long MaxMessages => _options.MaxMessages;

    /// <summary>The most messages per second; 0 for no limit.</summary>
    public double MessagesPerSecond => _options.MessagesPerSecond;

    /// <summary>Whether a stream of requests is bounded at all.</summary>
    public bool BoundsRequests => MaxMessages > 0 || MessagesPerSecond > 0 || RequestTimeout > TimeSpan.Zero;

    /// <summary>How old a stream of this method may get; 0 for no limit.</summary>
    public TimeSpan AgeOf(string method) => MethodTable.Find(method)?.Has(MethodTraits.Link) == true
        ? Effective(_options.LinkMaxAge, SecureLinkAge)
        : Effective(_options.MaxAge, SecureAge);

    /// <summary>Makes what holds one stream to its rate.</summary>
    public TokenBucket NewBucket(long now) => new(
        _options.MessagesPerSecond, _options.MessageBurst > 0 ? _options.MessageBurst : Math.Max(1, _options.MessagesPerSecond), now);

    private TimeSpan Effective(TimeSpan? given, TimeSpan secure) => given ?? (_isSecure ? secure : TimeSpan.Zero);
}
