using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>The context of a call that came by HTTP; its handler, its deadline and its client all may end it, and the first one does.</summary>
internal sealed partial class HttpContextServerCallContext : ServerCallContext
{
    private readonly ServerMethodSettings _settings;
    private readonly IMethod _method;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;
    private string? _peer;
    private DateTime _deadline = DateTime.MaxValue;
    private Status _status;

    /// <summary>Takes a call.</summary>
    public HttpContextServerCallContext(HttpContext http, ServerMethodSettings settings, IMethod method)
    {
        HttpContext = http;
        _settings = settings;
        _method = method;
        Response = new ServerResponse(http, settings);
    }

    /// <summary>The HTTP side of the call.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>Writes the call's response.</summary>
    public ServerResponse Response { get; }

    /// <summary>Reads the call's requests; there once the call has begun.</summary>
    public MessageReader Requests { get; private set; } = null!;

    /// <inheritdoc/>
    protected override string MethodCore => _method.FullName;

    /// <inheritdoc/>
    protected override string HostCore => HttpContext.Request.Host.Value ?? "";

    /// <inheritdoc/>
    protected override string PeerCore => _peer ??= PeerInfo.Describe(HttpContext.Connection);

    /// <inheritdoc/>
    protected override DateTime DeadlineCore => _deadline;

    /// <inheritdoc/>
    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    /// <inheritdoc/>
    protected override CancellationToken CancellationTokenCore => GetToken();

    /// <inheritdoc/>
    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    /// <inheritdoc/>
    protected override Status StatusCore
    {
        get => _status;
        set => _status = value;
    }

    /// <inheritdoc/>
    protected override WriteOptions? WriteOptionsCore { get; set; }

    /// <inheritdoc/>
    protected override AuthContext AuthContextCore => _authContext ??= PeerInfo.Authenticate(HttpContext.Connection);

    /// <summary>Reads the protocol's headers and starts the clock of the deadline.</summary>
    /// <exception cref="RpcException">INTERNAL for a malformed header, UNIMPLEMENTED for an unknown compression.</exception>
    public void Begin()
    {
        Response.Begin();
        BeginDeadline();
        var encoding = Header(GrpcHeaders.Encoding);
        if (!_settings.Compression.TryFind(encoding, out var compression))
        {
            HttpContext.Response.Headers[GrpcHeaders.AcceptEncoding] = _settings.Compression.AcceptEncoding;
            throw new RpcException(new Status(
                StatusCode.Unimplemented,
                $"The compression \"{encoding}\" is not offered; offered are {_settings.Compression.AcceptEncoding}."));
        }

        // Read now, so that malformed metadata is refused whether or not the handler looks at it.
        _requestHeaders = ReadRequestHeaders();
        Requests = new MessageReader(HttpContext.Request.BodyReader, _settings.Options.MaxReceiveMessageSize, compression);
    }

    /// <inheritdoc/>
    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) =>
        Response.WriteHeadersAsync(responseHeaders, _method.FullName);

    /// <inheritdoc/>
    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        new ServerPropagationToken(this, options ?? ContextPropagationOptions.Default);

    private string? Header(string name) =>
        HttpContext.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in HttpContext.Request.Headers)
        {
            if (GrpcHeaders.IsReserved(name))
            {
                continue;
            }

            foreach (var value in values)
            {
                MetadataCodec.Decode(name, value ?? "", metadata);
            }
        }

        return metadata;
    }
}
