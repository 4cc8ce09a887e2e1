using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Starts calls on a channel.</summary>
internal sealed class HttpCallInvoker : CallInvoker
{
    private readonly GrpcChannel _channel;

    /// <summary>Uses this channel.</summary>
    public HttpCallInvoker(GrpcChannel channel)
    {
        _channel = channel;
    }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new ClientCall<TRequest, TResponse>(_channel, method, host, options);
        call.StartUnaryResponse(new UnaryRequestContent<TRequest, TResponse>(call, request));
        return new AsyncUnaryCall<TResponse>(call.ResponseAsync, call);
    }

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new ClientCall<TRequest, TResponse>(_channel, method, host, options);
        var reader = call.StartStreamingResponse(new UnaryRequestContent<TRequest, TResponse>(call, request));
        return new AsyncServerStreamingCall<TResponse>(reader, call);
    }

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new ClientCall<TRequest, TResponse>(_channel, method, host, options);
        var content = new StreamingRequestContent();
        var writer = new ClientStreamWriter<TRequest, TResponse>(call, content);
        call.StartUnaryResponse(content);
        return new AsyncClientStreamingCall<TRequest, TResponse>(writer, call.ResponseAsync, call);
    }

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new ClientCall<TRequest, TResponse>(_channel, method, host, options);
        var content = new StreamingRequestContent();
        var writer = new ClientStreamWriter<TRequest, TResponse>(call, content);
        var reader = call.StartStreamingResponse(content);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(writer, reader, call);
    }
}
