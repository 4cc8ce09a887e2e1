using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps plan descriptors.</summary>
public static class PlanRequestMapping
{
    /// <summary>Returns the request, or every fault; token counts are checked by the resolver, which knows the model.</summary>
    public static Checked<PlanRequest> ToDomain(Wire.PlanDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var faults = new FaultList();
        var asked = descriptor.Override;
        var chosen = PlanOverrideMapping.IsGiven(asked) ? faults.Take(PlanOverrideMapping.ToDomain(asked), "override") : null;
        var modes = asked is null ? null : PlanOverrideMapping.Modes(asked, faults);
        return faults.Check(() => new PlanRequest
        {
            RequestId = descriptor.RequestId,
            ModelName = descriptor.Model,
            ModelRevision = descriptor.ModelRevision,
            RequestClass = descriptor.RequestClass,
            Tenant = descriptor.Tenant,
            ImageTokens = ImmutableArray.CreateRange(descriptor.ImageTokens),
            TextTokens = descriptor.TextTokens,
            Override = chosen,
            Modes = modes,
            OverloadTier = descriptor.OverloadTier,
        });
    }

    /// <summary>Returns the descriptor; deadline and queue depth, which no plan depends on, are the caller's to add.</summary>
    public static Wire.PlanDescriptor ToProto(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var descriptor = new Wire.PlanDescriptor
        {
            RequestId = request.RequestId,
            Model = request.ModelName,
            ModelRevision = request.ModelRevision,
            RequestClass = request.RequestClass,
            Tenant = request.Tenant,
            TextTokens = request.TextTokens,
            Override = PlanOverrideMapping.ToProto(request.Override, request.Modes),
            OverloadTier = request.OverloadTier,
        };
        descriptor.ImageTokens.AddRange(request.ImageTokens);
        return descriptor;
    }
}
