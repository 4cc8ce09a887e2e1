using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Fleet;

public sealed class FleetRegistryTests
{
    private readonly ManualTime _time = new();
    private readonly FleetRegistry _fleet;

    public FleetRegistryTests() => _fleet = new FleetRegistry(new FleetOptions(), _time, NullLogger<FleetRegistry>.Instance);

    [Fact]
    public void List_Acknowledged_ShowsExactlyThat()
    {
        var session = Connect("e1");
        var first = session.Push(At(1), isWhole: true);

        Assert.Equal((string.Empty, 0L), Applied());
        Assert.False(session.Acknowledge(Ack(first, 3)));
        Assert.True(session.Acknowledge(Ack(first, 1)));
        Assert.Equal(("e", 1L), Applied());
        Assert.Equal("d1", _fleet.List().Single().AppliedDigest);
        Assert.False(session.Acknowledge(Ack(first, 1)));
        Assert.Equal(("e", 1L), Applied());
    }

    [Fact]
    public void List_Refused_KeepsWhatWasAppliedAndSaysWhy()
    {
        var session = Connect("e1", held: 4);
        var nack = new Nack
        {
            Nonce = session.Push(At(5), isWhole: false),
            Message = "bad",
            Faults = { new Fault { Field = "f", Message = "m" } },
            Resources = { new RefusedResource { Resource = new ResourceName { Kind = ResourceKind.Policy, Name = "a" }, Revision = 5, InUseRevision = 2 } },
        };

        Assert.Equal(At(5), session.Refuse(nack));

        var status = _fleet.List().Single();
        Assert.Equal((4L, 5L), (status.AppliedRevision, status.RefusedRevision));
        Assert.Equal("revision 5: bad; f: m", status.LastNack);
        Assert.Equal(nack.Resources, status.Refused);
        session.Acknowledge(Ack(session.Push(At(6), isWhole: false), 6));
        status = _fleet.List().Single();
        Assert.Equal((6L, string.Empty, 0L, 0), (status.AppliedRevision, status.LastNack, status.RefusedRevision, status.Refused.Count));
    }

    [Fact]
    public void NeedOf_OnePushUnderWay_IsNothingUntilItIsAnswered()
    {
        var session = Connect("e1");
        Assert.Equal(FeedNeed.Update, session.NeedOf(At(1)));

        var nonce = session.Push(At(1), isWhole: true);
        Assert.Equal(FeedNeed.Nothing, session.NeedOf(At(2)));
        session.Acknowledge(Ack(nonce, 1));

        Assert.Equal(FeedNeed.Nothing, session.NeedOf(At(1)));
        Assert.Equal(FeedNeed.Update, session.NeedOf(At(2)));
    }

    [Fact]
    public void NeedOf_Refused_IsNothingForThatButNotForTheNext()
    {
        var session = Connect("e1", held: 4);

        session.Refuse(new Nack { Nonce = session.Push(At(5), isWhole: false) });

        Assert.Equal(FeedNeed.Nothing, session.NeedOf(At(5)));
        Assert.Equal(FeedNeed.Update, session.NeedOf(At(6)));
        Assert.Equal(FeedNeed.Nothing, session.NeedOf(At(3)));
    }

    [Fact]
    public void NeedOf_RelistWanted_IsTheWholeOnce()
    {
        var session = Connect("e1", held: 4);
        session.Refuse(new Nack { Nonce = session.Push(At(5), isWhole: false), Relist = true });
        Assert.Equal(FeedNeed.Whole, session.NeedOf(At(5)));

        session.Refuse(new Nack { Nonce = session.Push(At(5), isWhole: true), Relist = true });

        Assert.Equal(FeedNeed.Nothing, session.NeedOf(At(5)));
    }

    [Fact]
    public void List_LoadAndSilence_AreAsLastHeard()
    {
        var session = Connect("e1");
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(7, _fleet.List().Single().SilentSeconds);

        session.Report(new LoadReport { Waiting = 3, Running = 2 });
        _time.Advance(TimeSpan.FromSeconds(2));

        var status = _fleet.List().Single();
        Assert.Equal((2.0, 3, 2), (status.SilentSeconds, status.Load.Waiting, status.Load.Running));
    }

    [Fact]
    public void List_Disconnected_StaysForAWhile()
    {
        var session = Connect("e1");
        session.Disconnect();

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(_fleet.List().Single().Connected);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_fleet.List());
    }

    [Fact]
    public void List_SilentButConnected_IsNeverForgotten()
    {
        Connect("e1");
        _time.Advance(TimeSpan.FromDays(1));

        Assert.True(_fleet.List().Single().Connected);
    }

    [Fact]
    public void Connect_SameIdAgain_ReplacesTheOlderOnly()
    {
        var older = Connect("e1");
        var newer = Connect("e1");

        Assert.True(older.Replaced.IsCompleted);
        Assert.False(newer.Replaced.IsCompleted);
        older.Disconnect();
        Assert.True(_fleet.List().Single().Connected);
    }

    [Fact]
    public void Connect_EveryPlaceTaken_IsTurnedAwayUntilOneIsForgotten()
    {
        var fleet = new FleetRegistry(new FleetOptions { MaxExecutors = 1 }, _time, NullLogger<FleetRegistry>.Instance);
        var session = fleet.Connect(FeedClient.Subscription("e1"))!;

        Assert.Null(fleet.Connect(FeedClient.Subscription("e2")));
        Assert.NotNull(fleet.Connect(FeedClient.Subscription("e1")));
        fleet.Connect(FeedClient.Subscription("e1"))!.Disconnect();
        session.Disconnect();
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.NotNull(fleet.Connect(FeedClient.Subscription("e2")));
    }

    private static SnapshotId At(long revision) => new("e", revision, $"d{revision}");

    private static Ack Ack(string nonce, long revision) => new() { Nonce = nonce, Epoch = "e", Revision = revision, Digest = $"d{revision}" };

    private ExecutorSession Connect(string id, long held = 0)
    {
        var subscribe = FeedClient.Subscription(id);
        (subscribe.HeldEpoch, subscribe.HeldRevision, subscribe.HeldDigest) = held > 0 ? ("e", held, $"d{held}") : (string.Empty, 0, string.Empty);
        return _fleet.Connect(subscribe)!;
    }

    private (string Epoch, long Revision) Applied()
    {
        var status = _fleet.List().Single();
        return (status.AppliedEpoch, status.AppliedRevision);
    }
}
