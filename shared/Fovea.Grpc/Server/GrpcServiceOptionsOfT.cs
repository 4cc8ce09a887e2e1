namespace Grpc.AspNetCore.Server;

/// <summary>How one gRPC service is served; what is not set is taken from <see cref="GrpcServiceOptions"/>.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}
