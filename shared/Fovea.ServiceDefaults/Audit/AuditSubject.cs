using Fovea.Contracts.V1;

namespace Fovea.ServiceDefaults.Audit;

/// <summary>Reads from the messages of audited methods what they are about and what they have changed.</summary>
internal static class AuditSubject
{
    /// <summary>What a request is about, for instance <c>policy/default</c>.</summary>
    public static string ResourceOf(object request) => request switch
    {
        ApplyPolicyRequest { Policy: { } policy } => $"policy/{policy.Name}",
        DeletePolicyRequest delete => $"policy/{delete.Name}",
        RollbackPolicyRequest rollback => $"policy/{rollback.Name}",
        PromoteCanaryRequest promote => $"policy/{promote.Name}",
        AbortCanaryRequest abort => $"policy/{abort.Name}",
        PutScheduleRequest { Schedule: { } schedule } => $"schedule/{schedule.Id}",
        DeleteScheduleRequest delete => $"schedule/{delete.Id}",
        StartSearchRequest start => $"search/{start.RequestId}",
        CancelSearchRequest cancel => $"search/{cancel.Id}",
        ResumeSearchRequest resume => $"search/{resume.Id}",
        _ => string.Empty,
    };

    /// <summary>What a response is about, where that is known better than from its request; else empty.</summary>
    public static string NewResourceOf(object response) => response switch
    {
        Schedule schedule => $"schedule/{schedule.Id}",
        Search search => $"search/{search.Id}",
        _ => string.Empty,
    };

    /// <summary>Why the caller wants it, in its words.</summary>
    public static string ReasonOf(object request) => request switch
    {
        ApplyPolicyRequest apply => Words(apply.DryRun, apply.Reason),
        DeletePolicyRequest delete => Words(delete.DryRun, delete.Reason),
        RollbackPolicyRequest rollback => Words(rollback.DryRun, rollback.Reason),
        PromoteCanaryRequest promote => promote.Reason,
        AbortCanaryRequest abort => abort.Reason,
        _ => string.Empty,
    };

    /// <summary>The revisions before and after a change; both null when nothing was changed.</summary>
    public static (long? From, long? To) ChangeOf(object request, object response) => (request, response) switch
    {
        (ApplyPolicyRequest { DryRun: true } or RollbackPolicyRequest { DryRun: true } or DeletePolicyRequest { DryRun: true }, _) => (null, null),
        (_, ApplyPolicyResponse { Changed: true } applied) => (applied.Previous?.Revision, applied.Policy?.Revision),
        (_, DeletePolicyResponse deleted) => (deleted.Previous?.Revision, deleted.Revision),
        (_, DeleteScheduleResponse deleted) => (null, deleted.Revision),
        (_, Schedule schedule) => (null, schedule.Revision),
        _ => (null, null),
    };

    private static string Words(bool dryRun, string reason) => (dryRun, reason.Length) switch
    {
        (false, _) => reason,
        (true, 0) => "dry run",
        (true, _) => $"dry run: {reason}",
    };
}
