using Grpc.Core;
using Grpc.Health.V1;
using HealthBase = Grpc.Health.V1.Health.HealthBase;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Fovea.ServiceDefaults.Health;

/// <summary>Serves <c>grpc.health.v1.Health</c> from a <see cref="HealthState"/>.</summary>
internal sealed class HealthService : HealthBase
{
    private readonly HealthState _state;

    /// <summary>Serves this state.</summary>
    public HealthService(HealthState state)
    {
        _state = state;
    }

    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        _state.Find(request.Service) is { } status
            ? Task.FromResult(ToResponse(status))
            : throw new RpcException(new Status(StatusCode.NotFound, $"The service \"{request.Service}\" is not known here."));

    /// <inheritdoc/>
    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        var response = new HealthListResponse();
        foreach (var (service, status) in _state.Snapshot())
        {
            response.Statuses.Add(service, ToResponse(status));
        }

        return Task.FromResult(response);
    }

    /// <summary>Sends the status now and after every change; ends after the drain has been told.</summary>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        HealthCheckResponse? last = null;
        while (true)
        {
            var (status, drained, changed) = _state.Observe(request.Service);
            var next = ToResponse(status);
            if (!next.Equals(last))
            {
                await responseStream.WriteAsync(next);
                last = next;
            }

            if (drained)
            {
                return;
            }

            await changed.WaitAsync(context.CancellationToken);
        }
    }

    private static HealthCheckResponse ToResponse(HealthStatus? status) => new()
    {
        Status = status switch
        {
            HealthStatus.Serving => ServingStatus.Serving,
            HealthStatus.NotServing => ServingStatus.NotServing,
            _ => ServingStatus.ServiceUnknown,
        },
    };
}
