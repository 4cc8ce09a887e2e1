namespace Grpc.Core;

/// <summary>A call state made of delegates, as interceptors and test doubles hand them in.</summary>
internal sealed class DelegateCallState : ICallState
{
    private readonly Func<Status> _getStatus;
    private readonly Func<Metadata> _getTrailers;
    private readonly Action _dispose;

    /// <summary>Wraps the delegates.</summary>
    public DelegateCallState(Task<Metadata> responseHeaders, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
    {
        ResponseHeadersAsync = responseHeaders;
        _getStatus = getStatus;
        _getTrailers = getTrailers;
        _dispose = dispose;
    }

    /// <inheritdoc/>
    public Task<Metadata> ResponseHeadersAsync { get; }

    /// <inheritdoc/>
    public Status GetStatus() => _getStatus();

    /// <inheritdoc/>
    public Metadata GetTrailers() => _getTrailers();

    /// <inheritdoc/>
    public void Dispose() => _dispose();
}
