using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Knows which methods an application has mapped, before its listeners are open.</summary>
internal sealed class MappedEndpoints
{
    private ICollection<EndpointDataSource> _sources = [];

    /// <summary>The paths of all gRPC methods.</summary>
    public IReadOnlySet<string> Methods => _sources
        .SelectMany(source => source.Endpoints)
        .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName)
        .OfType<string>()
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Looks at this application.</summary>
    public void Watch(IEndpointRouteBuilder application) => _sources = application.DataSources;
}
