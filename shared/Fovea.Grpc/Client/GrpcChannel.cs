using Grpc.Core;
using Grpc.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grpc.Net.Client;

/// <summary>A channel to a server over HTTP/2; it connects when a call needs it and again after a connection is lost.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly bool _ownsInvoker;
    private readonly Lock _lock = new();
    private readonly HashSet<IDisposable> _calls = [];
    private bool _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        Options = options;
        Compression = new CompressionSet(options.CompressionProviders);
        Credentials = CredentialsReader.Read(address, options);
        Logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<GrpcChannel>();
        (_invoker, _ownsInvoker) = CreateInvoker(options);
        if (Credentials.ChannelCallCredentials.Count > 0 && !SendsCallCredentials)
        {
            GrpcClientLog.CallCredentialsOmitted(Logger, Target);
        }
    }

    /// <summary>The address of the server.</summary>
    internal Uri Address { get; }

    /// <summary>The options as given.</summary>
    internal GrpcChannelOptions Options { get; }

    /// <summary>The compression algorithms.</summary>
    internal CompressionSet Compression { get; }

    /// <summary>The channel's credentials.</summary>
    internal ChannelCredentialsInfo Credentials { get; }

    /// <summary>The channel's logger.</summary>
    internal ILogger Logger { get; }

    /// <summary>Tells whether call credentials may be sent on this channel.</summary>
    internal bool SendsCallCredentials => Credentials.IsSecure || Options.UnsafeUseInsecureChannelCallCredentials;

    /// <summary>Makes a channel with default options.</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>Makes a channel.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ForAddress(new Uri(address), channelOptions);
    }

    /// <summary>Makes a channel with default options.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>Makes a channel.</summary>
    /// <exception cref="ArgumentException">The address is no http or https address, or the options contradict each other or the address.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"The address \"{address}\" does not begin with http:// or https://.", nameof(address));
        }

        if (channelOptions.HttpClient is not null && channelOptions.HttpHandler is not null)
        {
            throw new ArgumentException("HttpClient and HttpHandler are both set; at most one may be.", nameof(channelOptions));
        }

        return new GrpcChannel(address, channelOptions);
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new HttpCallInvoker(this);
    }

    /// <summary>Cancels the calls still running and closes the connections.</summary>
    public void Dispose()
    {
        IDisposable[] running;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            running = [.. _calls];
            _calls.Clear();
        }

        foreach (var call in running)
        {
            call.Dispose();
        }

        if (_ownsInvoker)
        {
            _invoker.Dispose();
        }
    }

    /// <summary>Sends a request and returns once the response headers are there.</summary>
    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : _invoker.SendAsync(request, cancellationToken);

    /// <summary>Takes a running call into account.</summary>
    /// <exception cref="ObjectDisposedException">The channel is disposed.</exception>
    internal void Add(IDisposable call)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _calls.Add(call);
        }
    }

    /// <summary>Forgets a call that has ended.</summary>
    internal void Remove(IDisposable call)
    {
        lock (_lock)
        {
            _calls.Remove(call);
        }
    }

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static (HttpMessageInvoker Invoker, bool Owned) CreateInvoker(GrpcChannelOptions options)
    {
        if (options.HttpClient is not null)
        {
            return (options.HttpClient, options.DisposeHttpClient);
        }

        return options.HttpHandler is null
            ? (new HttpMessageInvoker(CreateHandler(), disposeHandler: true), true)
            : (new HttpMessageInvoker(options.HttpHandler, options.DisposeHttpClient), options.DisposeHttpClient);
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = 1 << 20,
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        ConnectTimeout = TimeSpan.FromSeconds(20),
    };
}
