using Fovea.Contracts.V1;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Executor.Intake;

/// <summary>Describes requests to the scheduler; no text and no image leaves the executor.</summary>
internal static class PlanDescriptors
{
    /// <summary>Gives the descriptor; deadline and queue depth are the caller's to add.</summary>
    public static PlanDescriptor Of(AcceptedRequest request, ModelProfile model)
    {
        var descriptor = new PlanDescriptor
        {
            RequestId = request.RequestId,
            Model = model.Name,
            ModelRevision = model.Revision,
            RequestClass = request.RequestClass,
            Tenant = request.Tenant,
            TextTokens = request.Prompt.TextTokens,
            Override = request.Plan,
        };
        descriptor.ImageTokens.AddRange(request.Prompt.ImageVisionTokens);
        return descriptor;
    }
}
