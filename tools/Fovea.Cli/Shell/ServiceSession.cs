using Fovea.ServiceDefaults.Clients;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.Cli.Shell;

/// <summary>Is an open channel to one service with a deadline for each call.</summary>
internal sealed class ServiceSession : IDisposable
{
    private const int MaxMessageBytes = 64 << 20;

    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ClientSecurity _security;

    /// <summary>Makes a session in plaintext, or with what the machine trusts; nothing is sent yet.</summary>
    public ServiceSession(Uri address, TimeSpan timeout, TimeProvider time)
        : this(address, timeout, time, ClientSecurity.None)
    {
    }

    /// <summary>Makes a session; nothing is sent yet.</summary>
    public ServiceSession(Uri address, TimeSpan timeout, TimeProvider time, ClientSecurity security)
    {
        _timeout = timeout;
        _time = time;
        _security = security;
        Address = address;
        Channel = security.Open(address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = MaxMessageBytes,
            MaxSendMessageSize = MaxMessageBytes,
        });
    }

    /// <summary>Gets the service's address.</summary>
    public Uri Address { get; }

    /// <summary>Gets the channel.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>Returns the options of one call that starts now.</summary>
    public CallOptions Call(CancellationToken cancellationToken, Metadata? headers = null) =>
        new(headers, (_time.GetUtcNow() + _timeout).UtcDateTime, cancellationToken);

    /// <summary>Returns the options of a call that may last: it has no deadline.</summary>
    public static CallOptions Stream(CancellationToken cancellationToken) => new(cancellationToken: cancellationToken);

    /// <summary>Opens another service with the same deadlines; the caller disposes it.</summary>
    public ServiceSession To(Uri address) => new(address, _timeout, _time, _security);

    /// <inheritdoc/>
    public void Dispose() => Channel.Dispose();
}
