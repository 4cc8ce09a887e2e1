using System.Collections.Immutable;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps keep plans with what they were made from.</summary>
public static class PlanMapping
{
    /// <summary>Returns the message of a valid resolution.</summary>
    public static Wire.KeepPlan ToProto(string requestId, PlanResolution resolution)
    {
        ArgumentNullException.ThrowIfNull(resolution);
        var plan = resolution.Plan ?? throw new ArgumentException("the resolution holds no plan", nameof(resolution));
        var message = new Wire.KeepPlan
        {
            RequestId = requestId,
            Model = plan.Model,
            ModelRevision = plan.ModelRevision,
            VisionTokens = plan.VisionTokens,
            Floor = plan.Floor,
            Scorer = plan.Scorer.ToProto(),
            Positions = plan.Positions.ToProto(),
            Seed = plan.Seed,
            Pool = plan.Pool,
            Scope = plan.Scope.ToProto(),
            Digest = plan.Digest.Hex,
            Provenance = Provenance(plan, resolution),
        };
        message.Counts.AddRange(plan.Counts);
        message.Images.AddRange(ScopeMapping.ToProto(plan.ImageCounts));
        return message;
    }

    /// <summary>Returns the plan of a message, or every fault; one is that the digest is not that of the content.</summary>
    public static Checked<KeepPlan> ToDomain(Wire.KeepPlan? message)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no plan given");
            return faults.ToImmutable();
        }

        var scorer = EnumMapping.ToDomain(message.Scorer, "scorer", faults);
        var positions = EnumMapping.ToDomain(message.Positions, "positions", faults);
        var scope = ScopeMapping.ToDomain(message.Scope, "scope", faults);
        var provenance = message.Provenance ?? new Wire.Provenance();
        var plan = new KeepPlan
        {
            Model = message.Model,
            ModelRevision = message.ModelRevision,
            Schedule = provenance.Spec.Length > 0 ? provenance.Spec : provenance.ScheduleId,
            VisionTokens = message.VisionTokens,
            Counts = ImmutableArray.CreateRange(message.Counts),
            Floor = message.Floor,
            Scorer = scorer ?? default,
            Positions = positions ?? default,
            Seed = message.Seed,
            Pool = message.Pool,
            Scope = scope ?? default,
            ImageCounts = ScopeMapping.ToDomain(message.Images),
        };
        faults.AddRange(plan.Validate());
        if (!faults.Any && plan.Digest.Hex != message.Digest)
        {
            faults.Invalid("digest", $"'{message.Digest}' is not the digest of the plan, which is {plan.Digest}");
        }

        return faults.Check(() => plan);
    }

    private static Wire.Provenance Provenance(KeepPlan plan, PlanResolution resolution)
    {
        var id = resolution.ScheduleId?.Value ?? string.Empty;
        var isByRule = resolution.RuleClass.Length > 0;
        return new Wire.Provenance
        {
            Epoch = resolution.Epoch,
            Revision = resolution.Revision,
            Policy = isByRule ? resolution.PolicyName : string.Empty,
            Rule = resolution.RuleClass,
            ScheduleId = id,
            Spec = plan.Schedule == id ? string.Empty : plan.Schedule,
            OverloadTier = resolution.OverloadTier,
            PolicyRevision = resolution.PolicyRevision,
            Canary = resolution.IsCanary,
        };
    }
}
