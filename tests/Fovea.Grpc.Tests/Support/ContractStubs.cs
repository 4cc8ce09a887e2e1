using Fovea.Contracts.OpenInference;
using Fovea.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace Fovea.GrpcTests.Support;

/// <summary>Every service of the contracts; a method that is reached answers UNIMPLEMENTED unless it says otherwise.</summary>
internal static class ContractStubs
{
    public static void Map(WebApplication app)
    {
        app.MapGrpcService<Plans>();
        app.MapGrpcService<Feed>();
        app.MapGrpcService<Policies>();
        app.MapGrpcService<Schedules>();
        app.MapGrpcService<Fleet>();
        app.MapGrpcService<Searches>();
        app.MapGrpcService<Inference>();
        app.MapGrpcService<OpenInference>();
        app.MapGrpcService<Calibration>();
        app.MapGrpcService<ExecutorState>();
    }

    public sealed class Plans : PlanService.PlanServiceBase;

    /// <summary>Answers nothing and waits until its call is over.</summary>
    public sealed class Feed : FeedService.FeedServiceBase
    {
        public override async Task Watch(
            IAsyncStreamReader<WatchRequest> requestStream, IServerStreamWriter<WatchResponse> responseStream, ServerCallContext context)
        {
            if (await requestStream.MoveNext(context.CancellationToken))
            {
                await responseStream.WriteAsync(new WatchResponse());
                await requestStream.MoveNext(context.CancellationToken);
            }

            throw new RpcException(new Status(StatusCode.Unimplemented, "The feed of the test has ended."));
        }
    }

    /// <summary>Pretends that a policy was applied over revision 6.</summary>
    public sealed class Policies : PolicyService.PolicyServiceBase
    {
        public override Task<ApplyPolicyResponse> ApplyPolicy(ApplyPolicyRequest request, ServerCallContext context) => request.Policy is null
            ? throw new RpcException(new Status(StatusCode.Unimplemented, "There is no policy."))
            : Task.FromResult(new ApplyPolicyResponse
            {
                Changed = true,
                Previous = new StoredPolicy { Revision = 6 },
                Policy = new StoredPolicy { Policy = request.Policy, Revision = 7 },
            });
    }

    public sealed class Schedules : ScheduleService.ScheduleServiceBase;

    public sealed class Fleet : FleetService.FleetServiceBase;

    public sealed class Searches : SearchService.SearchServiceBase;

    public sealed class Inference : InferenceService.InferenceServiceBase;

    public sealed class OpenInference : GRPCInferenceService.GRPCInferenceServiceBase;

    public sealed class ExecutorState : ExecutorStatusService.ExecutorStatusServiceBase;

    public sealed class Calibration : CalibrationService.CalibrationServiceBase;
}
