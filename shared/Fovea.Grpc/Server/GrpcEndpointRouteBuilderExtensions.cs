using Grpc.AspNetCore.Server;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps every method of a service.</summary>
    /// <exception cref="InvalidOperationException">AddGrpc was not called, or the type does not derive from a generated service base.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        var marker = services.GetService<GrpcMarkerService>()
            ?? throw new InvalidOperationException("gRPC is not set up: call services.AddGrpc() first.");
        var common = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var options = common.Overlay(services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server");
        var settings = new ServerMethodSettings(
            options, new CompressionSet(options.CompressionProviders), services.GetService<TimeProvider>() ?? TimeProvider.System, logger);
        var methods = ServiceMethodBinder<TService>.Bind(settings);
        var endpoints = methods.Select(method => Map(builder, method)).ToList();
        foreach (var service in methods.Select(method => method.Method.ServiceName).Distinct(StringComparer.Ordinal))
        {
            MapUnimplemented(builder, $"{service}/{{grpcMethod:{GrpcContentConstraint.Name}}}", "The method is not implemented.", logger);
        }

        if (common.IgnoreUnknownServices != true && marker.TryClaim(builder))
        {
            MapUnimplemented(
                builder, $"{{grpcService}}/{{grpcMethod:{GrpcContentConstraint.Name}}}", "The service is not implemented.", logger);
        }

        return new GrpcServiceEndpointConventionBuilder(endpoints);
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder builder, BoundMethod method)
    {
        var endpoint = builder.Map(method.Method.FullName, method.Handler);
        endpoint.Add(target =>
        {
            target.DisplayName = $"gRPC - {method.Method.FullName}";
            foreach (var item in method.Metadata)
            {
                target.Metadata.Add(item);
            }
        });
        return endpoint;
    }

    private static void MapUnimplemented(IEndpointRouteBuilder builder, string pattern, string detail, ILogger logger) =>
        builder.Map(pattern, UnimplementedEndpoint.Create(detail, logger)).Add(target =>
        {
            target.DisplayName = "gRPC - not implemented: " + pattern;
            target.Metadata.Add(new HttpMethodMetadata([HttpMethods.Post]));
            ((RouteEndpointBuilder)target).Order = int.MaxValue;
        });
}
