using Fovea.Contracts.V1;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Executor.Canaries;

/// <summary>Counts the ends of requests under the version that served them, and picks those that get a shadow run.</summary>
internal sealed class CanaryDesk
{
    private readonly ArmBoard _arms;
    private readonly ShadowQueue _shadows;
    private readonly RefusingVersion _refusing;

    /// <summary>Counts on the board.</summary>
    public CanaryDesk(ArmBoard arms, ShadowQueue shadows, RefusingVersion refusing)
    {
        _arms = arms;
        _shadows = shadows;
        _refusing = refusing;
    }

    /// <summary>Returns the version whose rules alone refuse a request; null when there is none.</summary>
    public Provenance? RefusedBy(PlanDescriptor descriptor, ModelProfile model) => _refusing.Find(descriptor, model);

    /// <summary>Counts the end of a request that a version has planned, or refused by its rules.</summary>
    /// <remarks>
    /// A fault of the executor, a plan that does not fit, a refusal by the version's rules alone, and one for want of room are failures. What the caller cancels, what its
    /// deadline ends and what is wrong with its images say nothing of the policy; neither does a stop of the executor, whose outcome is null.
    /// </remarks>
    /// <param name="provenance">What the plan was made from, or what refused it; null when neither is known.</param>
    /// <param name="outcome">How the request ended, or null to count its first token alone.</param>
    /// <param name="timeline">Its clock.</param>
    public void Ended(Provenance? provenance, RequestOutcome? outcome, StageTimeline timeline)
    {
        bool? failed = outcome switch
        {
            RequestOutcome.Completed => false,
            RequestOutcome.Failed or RequestOutcome.Unplanned or RequestOutcome.Rejected => true,
            _ => null,
        };
        _arms.Find(provenance)?.Ended(failed, timeline.At(RequestStage.FirstToken));
    }

    /// <summary>Queues a shadow run of an answer if its request is one of the canary's that get one.</summary>
    /// <remarks>Under a tier of the overload ladder the answer would speak of the tier, not of the canary.</remarks>
    public void Served(ServedAnswer served)
    {
        var provenance = served.Plan.Message.Provenance;
        if (provenance is not { Canary: true, OverloadTier: 0 } || _arms.Find(provenance) is not { Guard: { } guard } arm)
        {
            return;
        }

        if (ShadowChoice.IsChosen(arm.Key, served.Request.RequestId, guard.ShadowShare))
        {
            _shadows.Offer(new ShadowJob(served, arm.Key));
        }
    }
}
