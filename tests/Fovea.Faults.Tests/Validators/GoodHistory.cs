using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Planning.Shapes;
using Grpc.Core;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Faults.Tests.Validators;

/// <summary>A history without a fault, which tests change.</summary>
/// <remarks>
/// Revision 1 is the seed; 2 and 4 are acknowledged changes of <c>default</c>, 3 one of <c>second</c>; 5 is a change whose
/// acknowledgement was lost. Observer o1 sees 1, 2, 4, 5 over two streams, o2 sees 1 and 5.
/// </remarks>
internal static class GoodHistory
{
    public const string Epoch = "0192aaaa";
    private const int VisionTokens = 576;
    private const int TextTokens = 40;

    public static readonly ModelProfile Model = new("tiny", "r1", KnownShapes.Get("llava-1.5-7b"), 4096);

    public static List<HistoryEvent> Events() =>
    [
        new HistoryEvent.FeedOpened("o1/0", "o1", "s1", string.Empty, 0),
        new HistoryEvent.FeedUpdate("o1/0", At(1)),
        new HistoryEvent.FeedOpened("o2/0", "o2", "s1", string.Empty, 0),
        new HistoryEvent.FeedUpdate("o2/0", At(1)),
        new HistoryEvent.FeedBookmark("o2/0", Epoch, 1),
        .. Request("a", 1),
        new HistoryEvent.CommitSent("w0", "s1", PolicyAt("default", 2).Policy),
        new HistoryEvent.Committed("w0", PolicyAt("default", 2)),
        new HistoryEvent.FeedUpdate("o1/0", At(2)),
        new HistoryEvent.Applied("e1", Epoch, 2, "ready"),
        .. Request("b", 2),
        new HistoryEvent.FeedClosed("o1/0", StatusCode.Unavailable, "gone"),
        new HistoryEvent.CommitSent("w1", "s1", PolicyAt("second", 3).Policy),
        new HistoryEvent.Committed("w1", PolicyAt("second", 3)),
        .. Request("c", 3),
        new HistoryEvent.FeedOpened("o1/1", "o1", "s1", Epoch, 2),
        new HistoryEvent.CommitSent("w2", "s1", PolicyAt("default", 4).Policy),
        new HistoryEvent.Committed("w2", PolicyAt("default", 4)),
        new HistoryEvent.FeedUpdate("o1/1", At(4), SnapshotDigest.Of(At(4))),
        new HistoryEvent.FeedBookmark("o1/1", Epoch, 4),
        new HistoryEvent.CommitSent("w3", "s1", PolicyAt("default", 5).Policy),
        new HistoryEvent.NotCommitted("w3", StatusCode.Unavailable, false, "gone"),
        .. Failing("d"),
        new HistoryEvent.FeedUpdate("o1/1", At(5)),
        new HistoryEvent.FeedUpdate("o2/0", At(5)),
        new HistoryEvent.Applied("e1", Epoch, 5, "ready"),
        .. Request("e", 5),
        new HistoryEvent.FinalScheduler("s1", Policies(5)),
        .. Final("e1"),
        .. Final("o1"),
        .. Final("o2"),
        new HistoryEvent.FinalOutcome("e1", "completed", 4),
        new HistoryEvent.FinalOutcome("e1", "cancelled", 1),
    ];

    public static History Of(IEnumerable<HistoryEvent> events) => History.From(events) with { Model = Model };

    public static StoredPolicy PolicyAt(string name, int revision)
    {
        var policy = new Policy { Name = name, Model = "*" };
        policy.Rules.Add(new ClassRule { RequestClass = "*", Spec = FormattableString.Invariant($"uniform:r=0.{revision}") });
        return new StoredPolicy { Policy = PolicyMapping.ToProto(PolicyMapping.ToDomain(policy).Require()), Revision = revision, Epoch = Epoch };
    }

    public static Snapshot At(int revision)
    {
        var snapshot = new Snapshot { Epoch = Epoch, Revision = revision };
        snapshot.Policies.AddRange(Policies(revision).Policies);
        return snapshot;
    }

    public static ListPoliciesResponse Policies(int revision)
    {
        var response = new ListPoliciesResponse { Epoch = Epoch, Revision = revision };
        response.Policies.Add(PolicyAt("default", revision switch { 1 => 1, 2 or 3 => 2, 4 => 4, _ => 5 }));
        if (revision >= 3)
        {
            response.Policies.Add(PolicyAt("second", 3));
        }

        return response;
    }

    /// <summary>Makes the plan that the store gives at a revision.</summary>
    public static KeepPlan Plan(string attempt, int revision)
    {
        var descriptor = new PlanDescriptor { RequestId = attempt, Model = Model.Name, ModelRevision = Model.Revision, TextTokens = TextTokens };
        descriptor.ImageTokens.Add(VisionTokens);
        return PlanMapping.ToProto(attempt, new PlanDecider().Decide(SnapshotMapping.ToDomain(At(revision)).Require(), Model, descriptor));
    }

    public static IEnumerable<HistoryEvent> Request(string id, int revision) => Request(id, Plan($"{id}.0", revision));

    public static IEnumerable<HistoryEvent> Request(string id, KeepPlan plan)
    {
        var done = new Done { Epoch = plan.Provenance.Epoch, Revision = plan.Provenance.Revision, PlanDigest = plan.Digest };
        done.AppliedCounts.AddRange(plan.Counts);
        done.Usage = new Usage { PromptTokens = TextTokens + VisionTokens, VisionTokens = VisionTokens, CompletionTokens = 3 };
        yield return new HistoryEvent.Sent(id, $"{id}.0", "e1", 0, string.Empty);
        yield return new HistoryEvent.Admitted($"{id}.0", new Admitted { ExecutorId = "e1", Plan = plan });
        yield return new HistoryEvent.Tokens($"{id}.0", 1);
        yield return new HistoryEvent.Tokens($"{id}.0", 2);
        yield return new HistoryEvent.Completed($"{id}.0", done);
        yield return new HistoryEvent.Ended(id, true);
    }

    private static IEnumerable<HistoryEvent> Failing(string id) =>
    [
        new HistoryEvent.Sent(id, $"{id}.0", "e1", 0, string.Empty),
        new HistoryEvent.Admitted($"{id}.0", new Admitted { ExecutorId = "e1", Plan = Plan($"{id}.0", 4) }),
        new HistoryEvent.Failed($"{id}.0", StatusCode.DeadlineExceeded, "late"),
        new HistoryEvent.Ended(id, false),
    ];

    private static IEnumerable<HistoryEvent> Final(string executor) =>
    [
        new HistoryEvent.FinalFleet("s1", new ExecutorStatus { ExecutorId = executor, Connected = true, AppliedEpoch = Epoch, AppliedRevision = 5, AppliedDigest = "d5" }),
        new HistoryEvent.FinalApplied(executor, Epoch, 5, "d5"),
    ];
}
