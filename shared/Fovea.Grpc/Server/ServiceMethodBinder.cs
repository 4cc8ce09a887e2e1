using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server;

/// <summary>Finds a service's methods with the help of its generated bind method.</summary>
internal sealed class ServiceMethodBinder<TService> : ServiceBinderBase
    where TService : class
{
    private readonly ServerMethodSettings _settings;
    private readonly ServiceActivator<TService> _activator = new();
    private readonly List<BoundMethod> _methods = [];

    private ServiceMethodBinder(ServerMethodSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Finds all methods.</summary>
    /// <exception cref="InvalidOperationException">The type does not derive from a generated service base.</exception>
    public static IReadOnlyList<BoundMethod> Bind(ServerMethodSettings settings)
    {
        var attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated service base.");
        var bind = attribute.BindType
            .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .SingleOrDefault(candidate => candidate.Name == attribute.BindMethodName
                && candidate.GetParameters() is [{ ParameterType: var binderType }, _] && binderType == typeof(ServiceBinderBase))
            ?? throw new InvalidOperationException(
                $"{attribute.BindType} has no static method {attribute.BindMethodName}(ServiceBinderBase, ...).");
        var binder = new ServiceMethodBinder<TService>(settings);
        bind.Invoke(null, [binder, null]);
        return binder._methods;
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(TRequest), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        Add(method, target, new UnaryCallHandler<TService, TRequest, TResponse>(method, _settings, _activator, invoke).HandleAsync);
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        Add(method, target, new ClientStreamingCallHandler<TService, TRequest, TResponse>(method, _settings, _activator, invoke).HandleAsync);
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        Add(method, target, new ServerStreamingCallHandler<TService, TRequest, TResponse>(method, _settings, _activator, invoke).HandleAsync);
    }

    /// <inheritdoc/>
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = target
            .CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        Add(method, target, new DuplexStreamingCallHandler<TService, TRequest, TResponse>(method, _settings, _activator, invoke).HandleAsync);
    }

    private static MethodInfo Find(IMethod method, params Type[] parameters) =>
        typeof(TService).GetMethod(method.Name, BindingFlags.Instance | BindingFlags.Public, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService)} has no public method {method.Name} for {method.FullName}.");

    private void Add(IMethod method, MethodInfo target, RequestDelegate handler)
    {
        object[] metadata =
        [
            .. typeof(TService).GetCustomAttributes(inherit: true),
            .. target.GetCustomAttributes(inherit: true),
            new HttpMethodMetadata([HttpMethods.Post]),
            new GrpcMethodMetadata(typeof(TService), method),
        ];
        _methods.Add(new BoundMethod(method, handler, metadata));
    }
}
