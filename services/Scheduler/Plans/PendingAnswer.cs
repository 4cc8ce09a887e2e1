using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Plans;

/// <summary>Is an answer that waits to be written.</summary>
/// <param name="RequestId">Id of the request that is answered.</param>
/// <param name="Response">The answer if it is written in time.</param>
/// <param name="Received">Timestamp at which the descriptor was read.</param>
/// <param name="DeadlineMs">Milliseconds from then for which the caller waits; 0 is for ever.</param>
internal readonly record struct PendingAnswer(string RequestId, PlanStreamResponse Response, long Received, long DeadlineMs);
