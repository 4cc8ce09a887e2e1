using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>One running call; whatever ends it first (status, deadline, cancellation, fault, disposal) decides its end, once.</summary>
internal sealed partial class ClientCall<TRequest, TResponse> : ICallState
    where TRequest : class
    where TResponse : class
{
    private readonly GrpcChannel _channel;
    private readonly CallOptions _options;
    private readonly string? _host;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DateTime _deadline;
    private readonly Net.Compression.ICompressionProvider? _compression;

    private TaskCompletionSource<TResponse>? _response;
    private RequestContent? _content;
    private DeadlineTimer? _timer;
    private CancellationTokenRegistration _userCancellation;
    private CancellationTokenRegistration _parentCancellation;
    private HttpResponseMessage? _httpResponse;
    private MessageReader? _reader;
    private CallEnd? _end;

    /// <summary>Prepares a call.</summary>
    /// <exception cref="InvalidOperationException">The deadline is not in UTC.</exception>
    public ClientCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        _channel = channel;
        _options = options;
        _host = host;
        Method = method;
        _deadline = EffectiveDeadline(options);
        if (!channel.Compression.TryFind(options.Headers?.GetValue(GrpcHeaders.EncodingRequest), out _compression))
        {
            throw new InvalidOperationException(
                $"The call asks for compression with \"{options.Headers!.GetValue(GrpcHeaders.EncodingRequest)}\", for which "
                + "CompressionProviders has nothing.");
        }
    }

    /// <summary>The method called.</summary>
    public Method<TRequest, TResponse> Method { get; }

    /// <summary>How the call's requests are written unless a writer says otherwise.</summary>
    public WriteFlags WriteFlags => _options.WriteOptions?.Flags ?? WriteFlags.None;

    /// <summary>The only response of a call that has one.</summary>
    public Task<TResponse> ResponseAsync => _response!.Task;

    /// <inheritdoc/>
    public Task<Metadata> ResponseHeadersAsync => _headers.Task;

    /// <summary>Fires when the call has ended.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>How the call ended, or null while it runs.</summary>
    public CallEnd? End => Volatile.Read(ref _end);

    /// <summary>Makes an encoder for this call's requests.</summary>
    public MessageEncoder CreateEncoder() => new(_channel.Options.MaxSendMessageSize) { Compression = _compression };

    /// <summary>Starts the call; its only response comes by <see cref="ResponseAsync"/>.</summary>
    public void StartUnaryResponse(RequestContent content)
    {
        _response = new TaskCompletionSource<TResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Begin(content))
        {
            _ = RunUnaryResponseAsync();
        }
    }

    /// <summary>Starts the call; its responses come by the reader.</summary>
    public ClientStreamReader<TRequest, TResponse> StartStreamingResponse(RequestContent content) =>
        new(this, Begin(content) ? OpenAsync() : Task.FromResult(false));

    /// <inheritdoc/>
    public Status GetStatus() =>
        (End ?? throw new InvalidOperationException("The call is still running, so it has no status yet.")).Status;

    /// <inheritdoc/>
    public Metadata GetTrailers() =>
        (End ?? throw new InvalidOperationException("The call is still running, so it has no trailers yet.")).Trailers;

    /// <inheritdoc/>
    public void Dispose() => Finish(new CallEnd(StatusCode.Cancelled, "The call was disposed."));

    /// <summary>Cancels the call for its user.</summary>
    public void Cancel() => Finish(new CallEnd(StatusCode.Cancelled, "The call was cancelled by the client."));

    /// <summary>Ends the call because of an exception.</summary>
    public void Fail(Exception exception)
    {
        var end = _deadline != DateTime.MaxValue && Now() >= _deadline
            ? new CallEnd(StatusCode.DeadlineExceeded, "The deadline passed.", exception)
            : new CallEnd(TransportError.ToStatus(exception), (exception as RpcException)?.Trailers ?? Metadata.Empty);
        Finish(end);
    }

    /// <summary>Ends the call unless it has ended; frees what it holds and tells everyone who waits.</summary>
    /// <returns>False when the call had ended before.</returns>
    public bool Finish(CallEnd end, TResponse? response = null)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
        {
            return false;
        }

        _timer?.Dispose();
        _userCancellation.Unregister();
        _parentCancellation.Unregister();
        _channel.Remove(this);
        _stop.Cancel();
        Interlocked.Exchange(ref _httpResponse, null)?.Dispose();
        _content?.OnCallEnded();
        if (response is not null)
        {
            _response?.TrySetResult(response);
            return true;
        }

        var exception = end.IsOk ? null : ToException(end);
        if (exception is not null)
        {
            GrpcClientLog.CallFailed(_channel.Logger, end.Status.DebugException, Method.FullName, end.Status.StatusCode, end.Status.Detail);
            FailTask(_headers, exception);
            FailTask(_response, exception);
        }

        return true;
    }

    /// <summary>The exception that stands for an end, as the channel's options want it.</summary>
    public Exception ToException(CallEnd end) =>
        _channel.Options.ThrowOperationCanceledOnCancellation
        && end.Status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded
            ? new OperationCanceledException(end.Status.Detail, new RpcException(end.Status, end.Trailers), _options.CancellationToken)
            : new RpcException(end.Status, end.Trailers);

    private static DateTime EffectiveDeadline(CallOptions options)
    {
        var own = options.Deadline ?? DateTime.MaxValue;
        if (own.Kind != DateTimeKind.Utc && own != DateTime.MaxValue && own != DateTime.MinValue)
        {
            throw new InvalidOperationException("The deadline of a call has to be in UTC (DateTimeKind.Utc).");
        }

        return options.PropagationToken?.ParentDeadline is { } parent && parent < own ? parent : own;
    }

    // A call may be dropped without an await; reading the exception here keeps it from being reported as unobserved.
    private static void FailTask<T>(TaskCompletionSource<T>? source, Exception exception)
    {
        if (source?.TrySetException(exception) == true)
        {
            _ = source.Task.Exception;
        }
    }

    private DateTime Now() => _channel.Options.TimeProvider.GetUtcNow().UtcDateTime;
}
