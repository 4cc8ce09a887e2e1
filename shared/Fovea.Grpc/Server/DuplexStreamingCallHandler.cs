using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>Handles calls with many requests and many responses.</summary>
internal sealed class DuplexStreamingCallHandler<TService, TRequest, TResponse> : ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> _invoke;

    /// <summary>Keeps the service's method.</summary>
    public DuplexStreamingCallHandler(
        Method<TRequest, TResponse> method,
        ServerMethodSettings settings,
        ServiceActivator<TService> activator,
        Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke)
        : base(method, settings, activator)
    {
        _invoke = invoke;
    }

    /// <inheritdoc/>
    protected override Task InvokeAsync(
        TService service, HttpContextServerCallContext context, IReadOnlyList<Interceptor> interceptors)
    {
        var requests = new ServerStreamReader<TRequest>(context, Method.RequestMarshaller.ContextualDeserializer);
        var responses = new ServerStreamWriter<TResponse>(context, Method.ResponseMarshaller.ContextualSerializer);
        return interceptors.Count == 0
            ? _invoke(service, requests, responses, context)
            : Chain(service, interceptors)(requests, responses, context);
    }

    private DuplexStreamingServerMethod<TRequest, TResponse> Chain(TService service, IReadOnlyList<Interceptor> interceptors)
    {
        DuplexStreamingServerMethod<TRequest, TResponse> next =
            (requests, responses, context) => _invoke(service, requests, responses, context);
        foreach (var interceptor in interceptors.Reverse())
        {
            var inner = next;
            next = (requests, responses, context) => interceptor.DuplexStreamingServerHandler(requests, responses, context, inner);
        }

        return next;
    }
}
