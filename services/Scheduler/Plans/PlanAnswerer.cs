using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Snapshots;
using Grpc.Core;
using DomainProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Scheduler.Plans;

/// <summary>Answers one descriptor with a plan, or with an error that never ends the stream.</summary>
/// <remarks>
/// An executor is answered by the snapshot that it has applied, so that a change on its way delays no request; by the newest where it
/// names none, or one that is not known here.
/// </remarks>
internal sealed class PlanAnswerer
{
    private readonly ServingStates _states;
    private readonly HeldSnapshots _held;
    private readonly PlanDecider _decider;
    private readonly ILogger<PlanAnswerer> _logger;

    /// <summary>Makes an answerer.</summary>
    public PlanAnswerer(ServingStates states, HeldSnapshots held, PlanDecider decider, ILogger<PlanAnswerer> logger)
    {
        _states = states;
        _held = held;
        _decider = decider;
        _logger = logger;
    }

    /// <summary>Returns the answer; <paramref name="announced"/> is the model of the executor that asks.</summary>
    public PlanStreamResponse Answer(PlanDescriptor descriptor, DomainProfile announced)
    {
        try
        {
            return descriptor.DeadlineMs < 0 ? Expired(descriptor.RequestId) : Decide(descriptor, announced);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            PlansLog.DecisionFailed(_logger, exception, descriptor.RequestId);
            return Error(descriptor.RequestId, StatusCode.Internal, "the decision failed, see the scheduler's log");
        }
    }

    /// <summary>Returns the answer to a descriptor whose caller no longer waits.</summary>
    public static PlanStreamResponse Expired(string requestId) =>
        Error(requestId, StatusCode.DeadlineExceeded, "the deadline passed before the plan was sent");

    private static PlanStreamResponse Error(string requestId, StatusCode code, string message) =>
        new() { Error = new PlanError { RequestId = requestId, Code = (int)code, Message = message } };

    private PlanStreamResponse Decide(PlanDescriptor descriptor, DomainProfile announced)
    {
        if (descriptor.RequestId.Length == 0)
        {
            return Refuse(descriptor, [new PlanFault(PlanFaultKind.InvalidArgument, "requestId", "is empty, the answer could not be told from others")]);
        }

        var applied = new SnapshotId(descriptor.AppliedEpoch, descriptor.AppliedRevision, descriptor.AppliedDigest);
        var planning = _held.Find(applied) ?? _states.Current.Planning;
        var profile = descriptor.Model.Length == 0 || descriptor.Model == announced.Name
            ? announced
            : _states.Current.Models.GetValueOrDefault(descriptor.Model);
        if (profile is null)
        {
            return Refuse(descriptor, [new PlanFault(PlanFaultKind.NotFound, "model", $"no model '{descriptor.Model}' is known")], planning);
        }

        var resolution = _decider.Decide(planning, profile, descriptor);
        return resolution.IsValid
            ? new PlanStreamResponse { Plan = PlanMapping.ToProto(descriptor.RequestId, resolution) }
            : Refuse(descriptor, resolution.Faults, planning);
    }

    private static PlanStreamResponse Refuse(PlanDescriptor descriptor, IReadOnlyCollection<PlanFault> faults, PlanningSnapshot? planning = null)
    {
        var error = RpcFaults.ToPlanError(descriptor.RequestId, faults);
        (error.Epoch, error.Revision) = (planning?.Epoch ?? string.Empty, planning?.Revision ?? 0);
        return new() { Error = error };
    }
}
