using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>A question on its way; disposing it stops the wait.</summary>
internal sealed class PendingPlan : IDisposable
{
    private readonly TaskCompletionSource<PlanStreamResponse?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PlanSession _session;

    /// <summary>Waits for an answer from <paramref name="session"/>.</summary>
    /// <param name="session">The stream it was sent on.</param>
    /// <param name="requestId">The caller's request id.</param>
    public PendingPlan(PlanSession session, string requestId)
    {
        _session = session;
        StreamId = requestId;
    }

    /// <summary>Id that the question has on the stream.</summary>
    public string StreamId { get; set; }

    /// <summary>Ends with the answer, or with null when the stream ended first.</summary>
    public Task<PlanStreamResponse?> Answer => _answer.Task;

    /// <summary>Gives the answer, or null when there will be none.</summary>
    public void End(PlanStreamResponse? response) => _answer.TrySetResult(response);

    /// <summary>Notes that the answer did not come in time.</summary>
    public void Late() => _session.Late();

    /// <inheritdoc/>
    public void Dispose() => _session.Forget(this);
}
