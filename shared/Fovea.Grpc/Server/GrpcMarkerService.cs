using System.Collections.Concurrent;

namespace Grpc.AspNetCore.Server;

/// <summary>Shows that gRPC was added to the application, and remembers which route builders answer unknown services.</summary>
internal sealed class GrpcMarkerService
{
    private readonly ConcurrentDictionary<object, bool> _builders = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tells whether this builder is seen for the first time.</summary>
    public bool TryClaim(object routeBuilder) => _builders.TryAdd(routeBuilder, true);
}
