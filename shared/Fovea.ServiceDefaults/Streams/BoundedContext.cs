using Grpc.Core;

namespace Fovea.ServiceDefaults.Streams;

/// <summary>A call whose token fires, too, when it has got too old; all else is the call's own.</summary>
internal sealed class BoundedContext : ServerCallContext
{
    private readonly ServerCallContext _inner;
    private readonly CancellationToken _ends;

    /// <summary>Bounds a call.</summary>
    /// <param name="inner">The call.</param>
    /// <param name="ends">Fires when the call itself ends and when it is too old.</param>
    public BoundedContext(ServerCallContext inner, CancellationToken ends)
    {
        _inner = inner;
        _ends = ends;
    }

    /// <inheritdoc/>
    protected override string MethodCore => _inner.Method;

    /// <inheritdoc/>
    protected override string HostCore => _inner.Host;

    /// <inheritdoc/>
    protected override string PeerCore => _inner.Peer;

    /// <inheritdoc/>
    protected override DateTime DeadlineCore => _inner.Deadline;

    /// <inheritdoc/>
    protected override Metadata RequestHeadersCore => _inner.RequestHeaders;

    /// <inheritdoc/>
    protected override CancellationToken CancellationTokenCore => _ends;

    /// <inheritdoc/>
    protected override Metadata ResponseTrailersCore => _inner.ResponseTrailers;

    /// <inheritdoc/>
    protected override Status StatusCore
    {
        get => _inner.Status;
        set => _inner.Status = value;
    }

    /// <inheritdoc/>
    protected override WriteOptions? WriteOptionsCore
    {
        get => _inner.WriteOptions;
        set => _inner.WriteOptions = value;
    }

    /// <inheritdoc/>
    protected override AuthContext AuthContextCore => _inner.AuthContext;

    /// <inheritdoc/>
    protected override IDictionary<object, object> UserStateCore => _inner.UserState;

    /// <inheritdoc/>
    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => _inner.WriteResponseHeadersAsync(responseHeaders);

    /// <inheritdoc/>
    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        _inner.CreatePropagationToken(options);
}
