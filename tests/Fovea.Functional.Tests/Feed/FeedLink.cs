using System.Threading.Channels;
using Fovea.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.Functional.Tests.Feed;

/// <summary>One stream between executor and scheduler that a test can listen to, bend and break; what is under way when it breaks is lost.</summary>
internal sealed class FeedLink : CallInvoker, IDisposable
{
    private readonly Channel<WatchRequest> _toScheduler = Channel.CreateUnbounded<WatchRequest>();
    private readonly Channel<WatchResponse> _toExecutor = Channel.CreateUnbounded<WatchResponse>();
    private readonly CancellationTokenSource _broken = new();
    private readonly Func<WatchRequest, WatchRequest?> _bendRequest;
    private readonly Func<WatchResponse, WatchResponse?> _bendResponse;

    /// <summary>Makes a link; what a function gives is delivered, null is lost.</summary>
    public FeedLink(Func<WatchRequest, WatchRequest?> bendRequest, Func<WatchResponse, WatchResponse?> bendResponse)
    {
        _bendRequest = bendRequest;
        _bendResponse = bendResponse;
        Requests = new Reader<WatchRequest>(_toScheduler.Reader, _broken.Token);
        Responses = new Writer<WatchResponse>(Send, _broken.Token);
    }

    public CancellationToken Broken => _broken.Token;

    /// <summary>The scheduler's side.</summary>
    public IAsyncStreamReader<WatchRequest> Requests { get; }

    public IServerStreamWriter<WatchResponse> Responses { get; }

    public void Break() => _broken.Cancel();

    /// <summary>Ends the stream well, as a scheduler does that has no more to say.</summary>
    public void Complete() => _toExecutor.Writer.TryComplete();

    public void Dispose() => _broken.Dispose();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var responses = new Reader<WatchResponse>(_toExecutor.Reader, _broken.Token);
        var requests = new Writer<WatchRequest>(Send, _broken.Token);
        return new(
            (IClientStreamWriter<TRequest>)(object)requests,
            (IAsyncStreamReader<TResponse>)(object)responses,
            Task.FromResult(new Metadata()),
            () => Status.DefaultSuccess,
            () => [],
            () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    // Messages are copied by their bytes, as a wire does.
    private void Send(WatchRequest request)
    {
        if (_bendRequest(WatchRequest.Parser.ParseFrom(request.ToByteArray())) is { } delivered)
        {
            _toScheduler.Writer.TryWrite(delivered);
        }
    }

    private void Send(WatchResponse response)
    {
        if (_bendResponse(WatchResponse.Parser.ParseFrom(response.ToByteArray())) is { } delivered)
        {
            _toExecutor.Writer.TryWrite(delivered);
        }
    }

    private sealed class Reader<T>(ChannelReader<T> messages, CancellationToken broken) : IAsyncStreamReader<T>
    {
        public T Current { get; private set; } = default!;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(broken, cancellationToken);
            try
            {
                if (!await messages.WaitToReadAsync(either.Token))
                {
                    return false;
                }

                either.Token.ThrowIfCancellationRequested();
                return messages.TryRead(out var message) && (Current = message) is not null;
            }
            catch (OperationCanceledException) when (broken.IsCancellationRequested)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "the link is broken"));
            }
        }
    }

    private sealed class Writer<T>(Action<T> send, CancellationToken broken) : IClientStreamWriter<T>, IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task CompleteAsync() => Task.CompletedTask;

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            if (broken.IsCancellationRequested)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "the link is broken"));
            }

            send(message);
            return Task.CompletedTask;
        }
    }
}
