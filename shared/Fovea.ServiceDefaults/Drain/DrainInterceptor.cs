using System.Globalization;
using Fovea.ServiceDefaults.Hosting;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Drain;

/// <summary>Refuses new calls with UNAVAILABLE and a push-back while the server drains; health is still answered.</summary>
internal sealed class DrainInterceptor : Interceptor
{
    private const string HealthPrefix = "/grpc.health.v1.Health/";

    private const string PushBackKey = "grpc-retry-pushback-ms";

    private readonly DrainSignal _signal;
    private readonly TimeSpan _retryAfter;

    /// <summary>Watches this signal.</summary>
    public DrainInterceptor(DrainSignal signal, IOptions<ServiceDefaultsOptions> options)
    {
        _signal = signal;
        _retryAfter = options.Value.DrainRetryAfter;
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
            var wait = ((long)_retryAfter.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            throw new RpcException(new Status(StatusCode.Unavailable, "The server is shutting down."), new Metadata { { PushBackKey, wait } });
        }
    }
}
