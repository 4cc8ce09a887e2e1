using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>A method of a service, ready to be mapped.</summary>
/// <param name="Method">The method.</param>
/// <param name="Handler">Handles its calls.</param>
/// <param name="Metadata">What its endpoint carries: attributes of the service and of the method, and names.</param>
internal sealed record BoundMethod(IMethod Method, RequestDelegate Handler, IReadOnlyList<object> Metadata);
