using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>Handles the calls of one method.</summary>
internal abstract class ServerCallHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly ServiceActivator<TService> _activator;

    /// <summary>Keeps what the calls share.</summary>
    protected ServerCallHandler(Method<TRequest, TResponse> method, ServerMethodSettings settings, ServiceActivator<TService> activator)
    {
        Method = method;
        Settings = settings;
        _activator = activator;
    }

    /// <summary>The method.</summary>
    protected Method<TRequest, TResponse> Method { get; }

    /// <summary>What the calls share.</summary>
    protected ServerMethodSettings Settings { get; }

    /// <summary>Handles one call.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!RequestGuard.Accept(http, Settings.Logger))
        {
            return;
        }

        var context = new HttpContextServerCallContext(http, Settings, Method);
        try
        {
            context.Begin();
            if (!http.Request.Path.Value!.EndsWith(Method.FullName, StringComparison.Ordinal))
            {
                // Routing ignores case, gRPC does not.
                throw new RpcException(new Status(StatusCode.Unimplemented, "The method is not implemented."));
            }

            await HandleAsync(context);
            await context.EndAsync();
        }
        catch (Exception ex)
        {
            await context.EndAsync(ex);
        }
    }

    /// <summary>Reads requests, runs the interceptors and the service, and writes responses.</summary>
    protected abstract Task InvokeAsync(TService service, HttpContextServerCallContext context, IReadOnlyList<Interceptor> interceptors);

    /// <summary>Reads the request of a method that takes exactly one.</summary>
    /// <exception cref="RpcException">UNIMPLEMENTED when there is none or more than one.</exception>
    protected async ValueTask<TRequest> ReadOnlyRequestAsync(HttpContextServerCallContext context)
    {
        var deserializer = Method.RequestMarshaller.ContextualDeserializer;
        try
        {
            var request = await context.Requests.ReadAsync(deserializer, CancellationToken.None);
            if (request is null)
            {
                throw new RpcException(new Status(StatusCode.Unimplemented, "The client sent no request; the method takes exactly one."));
            }

            if (await context.Requests.ReadAsync(deserializer, CancellationToken.None) is not null)
            {
                throw new RpcException(new Status(StatusCode.Unimplemented, "The client sent several requests; the method takes exactly one."));
            }

            return request;
        }
        catch (Exception ex) when (ex is not RpcException)
        {
            throw new OperationCanceledException("The call was cancelled while its request was being read.", ex, context.CancellationToken);
        }
    }

    /// <summary>Writes the response of a method that gives exactly one.</summary>
    /// <exception cref="RpcException">CANCELLED when the handler gave none.</exception>
    protected async ValueTask WriteOnlyResponseAsync(HttpContextServerCallContext context, TResponse? response)
    {
        if (response is null)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The handler returned no response."));
        }

        if (context.Status.StatusCode == StatusCode.OK)
        {
            // Left in the pipe, so that headers, message and trailers leave together.
            var flags = (context.WriteOptions?.Flags ?? WriteFlags.None) | WriteFlags.BufferHint;
            await context.Response.WriteMessageAsync(response, Method.ResponseMarshaller.ContextualSerializer, flags);
        }
    }

    private async Task HandleAsync(HttpContextServerCallContext context)
    {
        var services = context.HttpContext.RequestServices;
        var made = new List<object>();
        try
        {
            var (service, created) = _activator.Resolve(services);
            if (created)
            {
                made.Add(service);
            }

            await InvokeAsync(service, context, ResolveInterceptors(services, made));
        }
        finally
        {
            for (var i = made.Count - 1; i >= 0; i--)
            {
                await ServiceActivator<TService>.ReleaseAsync(made[i]);
            }
        }
    }

    private IReadOnlyList<Interceptor> ResolveInterceptors(IServiceProvider services, List<object> made)
    {
        var registrations = Settings.Options.Interceptors;
        if (registrations.Count == 0)
        {
            return [];
        }

        var interceptors = new Interceptor[registrations.Count];
        for (var i = 0; i < interceptors.Length; i++)
        {
            (interceptors[i], var created) = registrations[i].Resolve(services);
            if (created)
            {
                made.Add(interceptors[i]);
            }
        }

        return interceptors;
    }
}
