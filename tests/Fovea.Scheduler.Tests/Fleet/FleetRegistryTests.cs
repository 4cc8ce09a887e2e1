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
        var first = session.Push(Snapshot(1));
        var second = session.Push(Snapshot(2));

        Assert.Equal((string.Empty, 0L), Applied());
        Assert.True(session.Acknowledge(new Ack { Nonce = first, Epoch = "e", Revision = 1 }));
        Assert.Equal(("e", 1L), Applied());
        Assert.False(session.Acknowledge(new Ack { Nonce = first, Epoch = "e", Revision = 1 }));
        Assert.False(session.Acknowledge(new Ack { Nonce = second, Epoch = "e", Revision = 3 }));
        Assert.Equal(("e", 1L), Applied());
    }

    [Fact]
    public void List_Refused_KeepsWhatWasAppliedAndSaysWhy()
    {
        var session = Connect("e1", held: 4);
        var nonce = session.Push(Snapshot(5));
        var nack = new Nack { Nonce = nonce, Message = "bad", Faults = { new Fault { Field = "f", Message = "m" } } };

        Assert.Equal(5, session.Refuse(nack)!.Revision);

        var status = _fleet.List().Single();
        Assert.Equal(4, status.AppliedRevision);
        Assert.Equal("revision 5: bad; f: m", status.LastNack);
        session.Acknowledge(new Ack { Nonce = session.Push(Snapshot(6)), Epoch = "e", Revision = 6 });
        Assert.Equal((6L, string.Empty), (_fleet.List().Single().AppliedRevision, _fleet.List().Single().LastNack));
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

    private static Snapshot Snapshot(long revision) => new() { Epoch = "e", Revision = revision };

    private ExecutorSession Connect(string id, long held = 0)
    {
        var subscribe = FeedClient.Subscription(id);
        (subscribe.HeldEpoch, subscribe.HeldRevision) = (held > 0 ? "e" : string.Empty, held);
        return _fleet.Connect(subscribe)!;
    }

    private (string Epoch, long Revision) Applied()
    {
        var status = _fleet.List().Single();
        return (status.AppliedEpoch, status.AppliedRevision);
    }
}
