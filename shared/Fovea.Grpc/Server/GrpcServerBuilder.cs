using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Goes on with the set-up of gRPC services.</summary>
internal sealed class GrpcServerBuilder : IGrpcServerBuilder
{
    /// <summary>Keeps the services.</summary>
    public GrpcServerBuilder(IServiceCollection services)
    {
        Services = services;
    }

    /// <inheritdoc/>
    public IServiceCollection Services { get; }
}
