using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Gets the object that handles a call: from the service provider if it is registered there, else a new one.</summary>
internal sealed class ServiceActivator<TService>
    where TService : class
{
    private readonly Lazy<ObjectFactory> _factory = new(() => ActivatorUtilities.CreateFactory(typeof(TService), Type.EmptyTypes));

    /// <summary>Gets a service.</summary>
    /// <returns>The service, and whether it was made for the call and so is to be disposed with it.</returns>
    public (TService Service, bool Created) Resolve(IServiceProvider services) =>
        services.GetService<TService>() is { } registered
            ? (registered, false)
            : ((TService)_factory.Value(services, []), true);

    /// <summary>Disposes what was made for a call.</summary>
    public static async ValueTask ReleaseAsync(object made)
    {
        if (made is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync();
        }
        else if (made is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}
