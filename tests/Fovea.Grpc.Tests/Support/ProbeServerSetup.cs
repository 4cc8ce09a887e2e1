using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.GrpcTests.Support;

/// <summary>How a test wants its server.</summary>
internal sealed class ProbeServerSetup
{
    public int Port { get; init; }

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public Action<GrpcServiceOptions> Options { get; init; } = _ => { };

    public Action<GrpcServiceOptions<ProbeService>> ServiceOptions { get; init; } = _ => { };

    public Action<IServiceCollection> Services { get; init; } = _ => { };

    public Action<WebApplication> Map { get; init; } = _ => { };
}
