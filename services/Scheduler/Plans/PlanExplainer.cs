using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Costs;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Snapshots;
using DomainProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Scheduler.Plans;

/// <summary>Makes the plan that a descriptor would get, with its cost; serves nothing.</summary>
internal sealed class PlanExplainer
{
    private readonly ServingStates _states;
    private readonly PlanDecider _decider;

    /// <summary>Makes an explainer.</summary>
    public PlanExplainer(ServingStates states, PlanDecider decider)
    {
        _states = states;
        _decider = decider;
    }

    /// <summary>Returns the explanation.</summary>
    /// <exception cref="Grpc.Core.RpcException">The request has faults; it lists all of them.</exception>
    public ExplainResponse Explain(ExplainRequest request)
    {
        var serving = _states.Current;
        var accounting = CostMapping.ToDomain(request.Accounting, out var accountingFaults);
        var profile = Profile(request, serving);
        var faults = accountingFaults.AddRange(profile.Faults);
        if (request.Descriptor_ is null)
        {
            faults = faults.Add(new PlanFault(PlanFaultKind.InvalidArgument, "descriptor", "no descriptor given"));
        }
        else if (faults.Length > 0)
        {
            faults = faults.AddRange(PlanRequestMapping.ToDomain(request.Descriptor_).Faults);
        }

        if (faults.Length > 0)
        {
            throw RpcFaults.ToException(faults);
        }

        var resolution = _decider.Decide(serving.Planning, profile.Value!, request.Descriptor_!);
        return resolution.IsValid
            ? Explain(request.Descriptor_!, profile.Value!, resolution, accounting)
            : throw RpcFaults.ToException(resolution.Faults);
    }

    private static ExplainResponse Explain(PlanDescriptor descriptor, DomainProfile profile, PlanResolution resolution, CostAccounting accounting)
    {
        var plan = resolution.Plan!;
        var layout = TokenLayout.For(plan.Scorer, plan.VisionTokens, descriptor.TextTokens, descriptor.TextTokens);
        var cost = CostModel.Evaluate(profile.Shape, plan.Counts.AsSpan(), layout, accounting);
        return new ExplainResponse
        {
            Plan = PlanMapping.ToProto(descriptor.RequestId, resolution),
            Cost = CostMapping.ToProto(cost),
            FullCost = CostMapping.ToProto(CostModel.EvaluateFull(profile.Shape, layout, accounting)),
            MeanKeep = cost.MeanKeep,
        };
    }

    private static Checked<DomainProfile> Profile(ExplainRequest request, ServingState serving)
    {
        if (request.Model is not null)
        {
            var mapped = ModelProfileMapping.ToDomain(request.Model);
            return mapped.IsValid ? mapped.Value : mapped.Faults.Select(fault => fault with { Field = $"model.{fault.Field}" }).ToImmutableArray();
        }

        var name = request.Descriptor_?.Model ?? string.Empty;
        if (name.Length == 0 && serving.ModelList.Length == 1)
        {
            return serving.ModelList[0];
        }

        if (serving.Models.TryGetValue(name, out var known))
        {
            return known;
        }

        var names = serving.ModelList.Length == 0 ? "none is" : $"known are {string.Join(", ", serving.ModelList.Select(model => model.Name))}";
        return new PlanFault(PlanFaultKind.NotFound, "descriptor.model", $"no model '{name}' is known, {names}");
    }
}
