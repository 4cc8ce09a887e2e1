using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Grpc.Core;
using KeepPlan = Fovea.Contracts.V1.KeepPlan;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Explains budgets by a sigmoid of fixed slope and amplitude.</summary>
internal sealed class PlanDouble : PlanService.PlanServiceBase
{
    public override Task<ExplainResponse> Explain(ExplainRequest request, ServerCallContext context)
    {
        var (mean, tokens) = (request.Descriptor_.Override.Budget.MeanKeep, request.Descriptor_.ImageTokens.Sum());
        var spec = ScheduleSpec.Parse(FormattableString.Invariant($"sigmoid:k=0.3,A=0.6,mean={mean}")).Require();
        var resolved = spec.Resolve(new ScheduleContext
        {
            Shape = ModelProfileMapping.ToDomain(FleetDouble.Model()).Require().Shape,
            VisionTokens = tokens,
            TextTokens = 18,
        });
        return resolved.IsValid
            ? Task.FromResult(new ExplainResponse
            {
                Plan = new KeepPlan { Counts = { resolved.Value.Counts(tokens, 1) }, VisionTokens = tokens, Provenance = new Provenance { Spec = spec.ToString() } },
            })
            : throw new RpcException(new Status(StatusCode.FailedPrecondition, resolved.Faults[0].ToString()));
    }
}
