using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Intake;

/// <summary>Makes the messages of an answer.</summary>
internal static class AnswerEvents
{
    /// <summary>Names the plan that serves the request.</summary>
    public static GenerateEvent Admitted(string requestId, string executorId, PinnedPlan plan) => new()
    {
        Admitted = new Admitted
        {
            RequestId = requestId,
            ExecutorId = executorId,
            Plan = plan.Message,
            Stale = plan.IsStale,
            StaleSeconds = plan.StaleFor?.TotalSeconds ?? 0,
            Fallback = plan.IsFallback,
        },
    };

    /// <summary>Describes a chosen token beside its likeliest alternatives.</summary>
    public static TokenChoice Choice(TokenGenerated token)
    {
        var choice = new TokenChoice { Chosen = new TokenLogprob { TokenId = token.Id, Logprob = token.Logprob } };
        choice.Alternatives.AddRange(token.Alternatives.Select(other => new TokenLogprob { TokenId = other.Id, Logprob = other.Logprob }));
        return choice;
    }

    /// <summary>Gives the times of all stages.</summary>
    public static StageTimes Times(StageTimeline timeline, TimeSpan prefill) => new()
    {
        Planned = timeline.SecondsAt(RequestStage.Planned),
        Encoded = timeline.SecondsAt(RequestStage.Encoded),
        Prefilled = timeline.SecondsAt(RequestStage.Prefilled),
        FirstToken = timeline.SecondsAt(RequestStage.FirstToken),
        Completed = timeline.SecondsAt(RequestStage.Completed),
        PrefillSeconds = prefill.TotalSeconds,
    };

    /// <summary>Gives the reason on the wire.</summary>
    public static Contracts.V1.FinishReason Reason(Runtime.FinishReason reason) => reason switch
    {
        Runtime.FinishReason.Eos => Contracts.V1.FinishReason.Eos,
        Runtime.FinishReason.Length => Contracts.V1.FinishReason.Length,
        Runtime.FinishReason.Stop => Contracts.V1.FinishReason.Stop,
        _ => Contracts.V1.FinishReason.Unspecified,
    };
}
