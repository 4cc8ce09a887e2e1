using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>Handles unary calls.</summary>
internal sealed class UnaryCallHandler<TService, TRequest, TResponse> : ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly Func<TService, TRequest, ServerCallContext, Task<TResponse>> _invoke;

    /// <summary>Keeps the service's method.</summary>
    public UnaryCallHandler(
        Method<TRequest, TResponse> method,
        ServerMethodSettings settings,
        ServiceActivator<TService> activator,
        Func<TService, TRequest, ServerCallContext, Task<TResponse>> invoke)
        : base(method, settings, activator)
    {
        _invoke = invoke;
    }

    /// <inheritdoc/>
    protected override async Task InvokeAsync(
        TService service, HttpContextServerCallContext context, IReadOnlyList<Interceptor> interceptors)
    {
        var request = await ReadOnlyRequestAsync(context);
        var response = interceptors.Count == 0
            ? await _invoke(service, request, context)
            : await Chain(service, interceptors)(request, context);
        await WriteOnlyResponseAsync(context, response);
    }

    private UnaryServerMethod<TRequest, TResponse> Chain(TService service, IReadOnlyList<Interceptor> interceptors)
    {
        UnaryServerMethod<TRequest, TResponse> next = (request, context) => _invoke(service, request, context);
        foreach (var interceptor in interceptors.Reverse())
        {
            var inner = next;
            next = (request, context) => interceptor.UnaryServerHandler(request, context, inner);
        }

        return next;
    }
}
