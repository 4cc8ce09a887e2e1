using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>An interceptor type with the arguments for its constructor.</summary>
public sealed class InterceptorRegistration
{
    private readonly object[] _arguments;
    private readonly ObjectFactory _factory;

    /// <summary>Checks and keeps the type.</summary>
    /// <exception cref="ArgumentException">The type is no interceptor.</exception>
    internal InterceptorRegistration(Type type, object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(arguments);
        if (!typeof(Interceptor).IsAssignableFrom(type))
        {
            throw new ArgumentException($"The type {type} does not derive from {typeof(Interceptor)}.", nameof(type));
        }

        Type = type;
        _arguments = arguments;
        _factory = ActivatorUtilities.CreateFactory(type, [.. arguments.Select(argument => argument.GetType())]);
    }

    /// <summary>The interceptor's type.</summary>
    public Type Type { get; }

    /// <summary>The arguments for its constructor, beside what the service provider has.</summary>
    public IReadOnlyList<object> Arguments => _arguments;

    /// <summary>Gets the interceptor for a call.</summary>
    /// <returns>The interceptor, and whether it was made for the call and so is to be disposed with it.</returns>
    internal (Interceptor Interceptor, bool Created) Resolve(IServiceProvider services)
    {
        if (_arguments.Length == 0 && services.GetService(Type) is Interceptor registered)
        {
            return (registered, false);
        }

        return ((Interceptor)_factory(services, _arguments), true);
    }
}
