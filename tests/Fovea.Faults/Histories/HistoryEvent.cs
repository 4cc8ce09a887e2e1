using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Faults.Histories;

/// <summary>One thing that a client, an observer or the test itself has seen or done.</summary>
/// <remarks><see cref="Sequence"/> orders events of all threads as they were recorded; times are of one clock.</remarks>
internal abstract record HistoryEvent
{
    private HistoryEvent()
    {
    }

    /// <summary>Gets the place in the history, from 0.</summary>
    public long Sequence { get; init; }

    /// <summary>Gets the time since the history began.</summary>
    public TimeSpan At { get; init; }

    /// <summary>An attempt of a request is about to be sent.</summary>
    /// <param name="Request">What the client wants answered once.</param>
    /// <param name="Attempt">Request id of this attempt, unique.</param>
    /// <param name="Executor">Who is asked.</param>
    /// <param name="Prompt">Number of the prompt.</param>
    /// <param name="RequestClass">Class of the request.</param>
    internal sealed record Sent(string Request, string Attempt, string Executor, int Prompt, string RequestClass) : HistoryEvent;

    /// <summary>An attempt was admitted.</summary>
    /// <param name="Attempt">Request id.</param>
    /// <param name="Message">The event as it came.</param>
    internal sealed record Admitted(string Attempt, Contracts.V1.Admitted Message) : HistoryEvent;

    /// <summary>Tokens of an attempt came.</summary>
    /// <param name="Attempt">Request id.</param>
    /// <param name="Count">How many.</param>
    internal sealed record Tokens(string Attempt, int Count) : HistoryEvent;

    /// <summary>An attempt has ended with an answer.</summary>
    /// <param name="Attempt">Request id.</param>
    /// <param name="Message">The event as it came.</param>
    internal sealed record Completed(string Attempt, Done Message) : HistoryEvent;

    /// <summary>An attempt has ended without an answer.</summary>
    /// <param name="Attempt">Request id.</param>
    /// <param name="Code">Status.</param>
    /// <param name="Message">Its message.</param>
    internal sealed record Failed(string Attempt, StatusCode Code, string Message) : HistoryEvent
    {
        /// <summary>Gets the wait that the client was asked to keep, as it came; null when none was asked.</summary>
        public string? PushBackMs { get; init; }
    }

    /// <summary>A client has given up or got its answer; nothing of the request follows.</summary>
    /// <param name="Request">What the client wanted answered.</param>
    /// <param name="IsAnswered">Whether it was.</param>
    internal sealed record Ended(string Request, bool IsAnswered) : HistoryEvent;

    /// <summary>A change of a policy is about to be sent.</summary>
    /// <param name="Swap">Number of the change, unique.</param>
    /// <param name="Scheduler">Who is asked.</param>
    /// <param name="Policy">The policy.</param>
    internal sealed record CommitSent(string Swap, string Scheduler, Policy Policy) : HistoryEvent;

    /// <summary>A change was acknowledged.</summary>
    /// <param name="Swap">Number of the change.</param>
    /// <param name="Stored">What is stored now.</param>
    internal sealed record Committed(string Swap, StoredPolicy Stored) : HistoryEvent;

    /// <summary>A change was refused or lost.</summary>
    /// <param name="Swap">Number of the change.</param>
    /// <param name="Code">Status.</param>
    /// <param name="IsCertain">Whether nothing was changed for certain.</param>
    /// <param name="Message">Message of the status.</param>
    internal sealed record NotCommitted(string Swap, StatusCode Code, bool IsCertain, string Message) : HistoryEvent;

    /// <summary>An observer opens a stream of the feed.</summary>
    /// <param name="Stream">Stream, unique.</param>
    /// <param name="Observer">Who observes.</param>
    /// <param name="Scheduler">Who is asked.</param>
    /// <param name="HeldEpoch">Epoch that it holds.</param>
    /// <param name="HeldRevision">Revision that it holds.</param>
    internal sealed record FeedOpened(string Stream, string Observer, string Scheduler, string HeldEpoch, long HeldRevision) : HistoryEvent;

    /// <summary>A snapshot has arrived, whole or put together.</summary>
    /// <param name="Stream">Stream.</param>
    /// <param name="Snapshot">The state that results.</param>
    /// <param name="Digest">Digest that the update names; empty when it names none.</param>
    internal sealed record FeedUpdate(string Stream, Snapshot Snapshot, string Digest = "") : HistoryEvent;

    /// <summary>The feed said that everything up to a revision was sent.</summary>
    /// <param name="Stream">Stream.</param>
    /// <param name="Epoch">Epoch.</param>
    /// <param name="Revision">Revision.</param>
    internal sealed record FeedBookmark(string Stream, string Epoch, long Revision) : HistoryEvent;

    /// <summary>A stream of the feed has ended.</summary>
    /// <param name="Stream">Stream.</param>
    /// <param name="Code">Status.</param>
    /// <param name="Message">Its message.</param>
    internal sealed record FeedClosed(string Stream, StatusCode Code, string Message) : HistoryEvent;

    /// <summary>An executor was asked what it has applied.</summary>
    /// <param name="Executor">Who was asked.</param>
    /// <param name="Epoch">Epoch.</param>
    /// <param name="Revision">Revision.</param>
    /// <param name="State">How it sees its scheduler.</param>
    internal sealed record Applied(string Executor, string Epoch, long Revision, string State) : HistoryEvent;

    /// <summary>A fault begins or heals.</summary>
    /// <param name="What">In words.</param>
    internal sealed record Fault(string What) : HistoryEvent;

    /// <summary>A policy's history, as a scheduler tells it.</summary>
    /// <param name="Version">One entry.</param>
    internal sealed record Told(PolicyVersion Version) : HistoryEvent;

    /// <summary>What a scheduler stores at the end.</summary>
    /// <param name="Scheduler">Who was asked.</param>
    /// <param name="Policies">Its policies.</param>
    internal sealed record FinalScheduler(string Scheduler, ListPoliciesResponse Policies) : HistoryEvent;

    /// <summary>What a scheduler says at the end that an executor has applied.</summary>
    /// <param name="Scheduler">Who was asked.</param>
    /// <param name="Status">The executor, as the scheduler knows it.</param>
    internal sealed record FinalFleet(string Scheduler, ExecutorStatus Status) : HistoryEvent;

    /// <summary>What an executor or observer says itself at the end.</summary>
    /// <param name="Executor">Who.</param>
    /// <param name="Epoch">Epoch.</param>
    /// <param name="Revision">Revision.</param>
    /// <param name="Digest">Digest of the snapshot.</param>
    internal sealed record FinalApplied(string Executor, string Epoch, long Revision, string Digest) : HistoryEvent;

    /// <summary>What an executor's counters say at the end.</summary>
    /// <param name="Executor">Who.</param>
    /// <param name="Outcome">Outcome.</param>
    /// <param name="Count">Requests that ended so since it started.</param>
    internal sealed record FinalOutcome(string Executor, string Outcome, long Count) : HistoryEvent;
}
