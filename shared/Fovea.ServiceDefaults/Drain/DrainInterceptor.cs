using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Fovea.ServiceDefaults.Drain;

/// <summary>Refuses new calls with UNAVAILABLE while the server drains; health is still answered.</summary>
internal sealed class DrainInterceptor : Interceptor
{
    private const string HealthPrefix = "/grpc.health.v1.Health/";

    private readonly DrainSignal _signal;

    /// <summary>Watches this signal.</summary>
    public DrainInterceptor(DrainSignal signal)
    {
        _signal = signal;
    }

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        ThrowIfDraining(context);
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        ThrowIfDraining(context);
        return continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        ThrowIfDraining(context);
        return continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        ThrowIfDraining(context);
        return continuation(requestStream, responseStream, context);
    }

    private void ThrowIfDraining(ServerCallContext context)
    {
        if (_signal.IsDraining && !context.Method.StartsWith(HealthPrefix, StringComparison.Ordinal))
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The server is shutting down."));
        }
    }
}
