using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>Handles calls with one request and many responses.</summary>
internal sealed class ServerStreamingCallHandler<TService, TRequest, TResponse> : ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> _invoke;

    /// <summary>Keeps the service's method.</summary>
    public ServerStreamingCallHandler(
        Method<TRequest, TResponse> method,
        ServerMethodSettings settings,
        ServiceActivator<TService> activator,
        Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke)
        : base(method, settings, activator)
    {
        _invoke = invoke;
    }

    /// <inheritdoc/>
    protected override async Task InvokeAsync(
        TService service, HttpContextServerCallContext context, IReadOnlyList<Interceptor> interceptors)
    {
        var request = await ReadOnlyRequestAsync(context);
        var responses = new ServerStreamWriter<TResponse>(context, Method.ResponseMarshaller.ContextualSerializer);
        await (interceptors.Count == 0
            ? _invoke(service, request, responses, context)
            : Chain(service, interceptors)(request, responses, context));
    }

    private ServerStreamingServerMethod<TRequest, TResponse> Chain(TService service, IReadOnlyList<Interceptor> interceptors)
    {
        ServerStreamingServerMethod<TRequest, TResponse> next =
            (request, responses, context) => _invoke(service, request, responses, context);
        foreach (var interceptor in interceptors.Reverse())
        {
            var inner = next;
            next = (request, responses, context) => interceptor.ServerStreamingServerHandler(request, responses, context, inner);
        }

        return next;
    }
}
