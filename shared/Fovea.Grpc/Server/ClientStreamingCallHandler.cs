using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>Handles calls with many requests and one response.</summary>
internal sealed class ClientStreamingCallHandler<TService, TRequest, TResponse> : ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> _invoke;

    /// <summary>Keeps the service's method.</summary>
    public ClientStreamingCallHandler(
        Method<TRequest, TResponse> method,
        ServerMethodSettings settings,
        ServiceActivator<TService> activator,
        Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> invoke)
        : base(method, settings, activator)
    {
        _invoke = invoke;
    }

    /// <inheritdoc/>
    protected override async Task InvokeAsync(
        TService service, HttpContextServerCallContext context, IReadOnlyList<Interceptor> interceptors)
    {
        var requests = new ServerStreamReader<TRequest>(context, Method.RequestMarshaller.ContextualDeserializer);
        var response = interceptors.Count == 0
            ? await _invoke(service, requests, context)
            : await Chain(service, interceptors)(requests, context);
        await WriteOnlyResponseAsync(context, response);
    }

    private ClientStreamingServerMethod<TRequest, TResponse> Chain(TService service, IReadOnlyList<Interceptor> interceptors)
    {
        ClientStreamingServerMethod<TRequest, TResponse> next = (requests, context) => _invoke(service, requests, context);
        foreach (var interceptor in interceptors.Reverse())
        {
            var inner = next;
            next = (requests, context) => interceptor.ClientStreamingServerHandler(requests, context, inner);
        }

        return next;
    }
}
