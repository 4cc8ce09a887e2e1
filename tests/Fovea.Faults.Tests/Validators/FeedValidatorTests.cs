using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Validators;
using static Fovea.Faults.Histories.HistoryEvent;

namespace Fovea.Faults.Tests.Validators;

public sealed class FeedValidatorTests
{
    [Fact]
    public void All_GoodHistory_FindNothingAndCheckSomething()
    {
        var verdicts = AllValidators.Check(GoodHistory.Of(GoodHistory.Events()));

        Assert.Equal(10, verdicts.Length);
        Assert.All(verdicts, verdict => Assert.True(verdict.Checks > 0, verdict.Guarantee));
        Assert.Empty(verdicts.SelectMany(verdict => verdict.Violations));
    }

    [Fact]
    public void Ordered_OlderUpdate_IsFound() =>
        Finds<OrderedValidator>(GoodHistory.Events().InsertAfter<FeedUpdate>(Is("o1/1", 4), new FeedUpdate("o1/1", GoodHistory.At(3))));

    [Fact]
    public void Ordered_OlderEpoch_IsFound()
    {
        var older = GoodHistory.At(9);
        older.Epoch = "0191";

        Finds<OrderedValidator>(GoodHistory.Events().InsertAfter<FeedUpdate>(Is("o1/1", 4), new FeedUpdate("o1/1", older)));
    }

    [Fact]
    public void Unique_SameUpdateTwice_IsFound() =>
        Finds<UniqueValidator>(GoodHistory.Events().InsertAfter<FeedUpdate>(Is("o1/1", 4), new FeedUpdate("o1/1", GoodHistory.At(4))));

    [Fact]
    public void Reliable_LastUpdateMissing_IsFound() => Finds<ReliableValidator>(GoodHistory.Events().Remove<FeedUpdate>(Is("o2/0", 5)));

    [Fact]
    public void Reliable_AcknowledgedChangeGone_IsFound() =>
        Finds<ReliableValidator>(GoodHistory.Events().Replace<FinalScheduler>(_ => true, final => final with { Policies = Without(final.Policies) }));

    [Fact]
    public void Reliable_OtherContentStored_IsFound() =>
        Finds<ReliableValidator>(GoodHistory.Events().Replace<FinalScheduler>(_ => true, final => final with { Policies = Changed(final.Policies) }));

    [Fact]
    public void Reliable_SchedulersApart_IsFound() =>
        Finds<ReliableValidator>(GoodHistory.Events().InsertAfter<FinalScheduler>(_ => true, new FinalScheduler("s2", GoodHistory.Policies(4))));

    [Fact]
    public void Reliable_NewEpochWithoutWhatWasAcknowledged_IsFound()
    {
        var after = GoodHistory.Policies(5);
        after.Epoch = "0193";
        after.Policies.ToList().ForEach(policy => policy.Epoch = "0193");
        var events = GoodHistory.Events().Replace<FinalScheduler>(_ => true, final => final with { Policies = after });
        Assert.DoesNotContain("acknowledged", Complaints(events), StringComparison.Ordinal);

        after.Policies[1].Policy.Rules[0].Spec = "uniform:r=0.9";

        Assert.Contains("acknowledged", Complaints(events), StringComparison.Ordinal);
    }

    [Fact]
    public void Atomic_TwoContentsOfOneRevision_IsFound() =>
        Finds<AtomicValidator>(GoodHistory.Events().Replace<FeedUpdate>(Is("o2/0", 5), update => update with { Snapshot = Changed(update.Snapshot) }));

    [Fact]
    public void Atomic_AcknowledgedChangeMissing_IsFound() =>
        Finds<AtomicValidator>(GoodHistory.Events().Replace<FeedUpdate>(Is("o1/1", 4), update => update with { Snapshot = At(4, GoodHistory.At(2)) }));

    [Fact]
    public void Atomic_HalfOfTwoChanges_IsFound()
    {
        var half = GoodHistory.At(4);
        half.Policies[1] = GoodHistory.PolicyAt("second", 2);

        Finds<AtomicValidator>(GoodHistory.Events().Replace<FeedUpdate>(Is("o1/1", 4), update => update with { Snapshot = half }));
    }

    [Fact]
    public void Atomic_LaterChangeInside_IsFound() =>
        Finds<AtomicValidator>(GoodHistory.Events().Replace<FeedUpdate>(Is("o1/1", 4), update => update with { Snapshot = At(4, GoodHistory.At(5)) }));

    [Fact]
    public void Atomic_ResultHasNotTheDigestNamed_IsFound() =>
        Finds<AtomicValidator>(GoodHistory.Events().Replace<FeedUpdate>(Is("o1/1", 4), update => update with { Digest = "other" }));

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Resumable_HeldOrOlderComesFirst_IsFound(int revision) =>
        Finds<ResumableValidator>(GoodHistory.Events().InsertAfter<FeedOpened>(opened => opened.Stream == "o1/1", new FeedUpdate("o1/1", GoodHistory.At(revision))));

    [Fact]
    public void Resumable_BookmarkSkipsWhatIsMissing_IsFound() =>
        Finds<ResumableValidator>(GoodHistory.Events().InsertAfter<FeedOpened>(opened => opened.Stream == "o1/1", new FeedBookmark("o1/1", GoodHistory.Epoch, 3)));

    [Fact]
    public void Bookmarkable_BookmarkAheadOfUpdates_IsFound() =>
        Finds<BookmarkableValidator>(GoodHistory.Events().InsertAfter<FeedUpdate>(Is("o1/0", 1), new FeedBookmark("o1/0", GoodHistory.Epoch, 2)));

    [Fact]
    public void Bookmarkable_UpdateUpToABookmark_IsFound() =>
        Finds<BookmarkableValidator>(GoodHistory.Events().InsertAfter<FeedBookmark>(mark => mark.Revision == 4, new FeedUpdate("o1/1", GoodHistory.At(4))));

    private static void Finds<T>(List<HistoryEvent> events)
        where T : IValidator, new() => Assert.NotEmpty(new T().Check(GoodHistory.Of(events)).Violations);

    private static string Complaints(List<HistoryEvent> events) =>
        string.Join('\n', new ReliableValidator().Check(GoodHistory.Of(events)).Violations.Select(violation => violation.Message));

    private static Func<FeedUpdate, bool> Is(string stream, long revision) => update => update.Stream == stream && update.Snapshot.Revision == revision;

    private static Snapshot At(long revision, Snapshot content)
    {
        content.Revision = revision;
        return content;
    }

    private static Snapshot Changed(Snapshot snapshot)
    {
        var changed = snapshot.Clone();
        changed.Policies[0].Policy.Floor = 9;
        return changed;
    }

    private static ListPoliciesResponse Changed(ListPoliciesResponse policies)
    {
        var changed = policies.Clone();
        changed.Policies[1].Policy.Floor = 9;
        return changed;
    }

    private static ListPoliciesResponse Without(ListPoliciesResponse policies)
    {
        var changed = policies.Clone();
        changed.Policies.RemoveAt(1);
        return changed;
    }
}
