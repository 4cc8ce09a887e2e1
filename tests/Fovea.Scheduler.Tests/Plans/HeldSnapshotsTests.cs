using Fovea.Contracts.Snapshots;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Plans;

public sealed class HeldSnapshotsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SnapshotHistory _history = new(size: 4);

    [Fact]
    public async Task Find_AnySnapshotThatWasSent_IsReadyAtItsRevision()
    {
        using var store = Stores.Open(_folder);
        var held = new HeldSnapshots(store, _history);
        var sent = new List<SnapshotId>();
        for (var floor = 1; floor <= 4; floor++)
        {
            sent.Add(_history.Of(await Stores.PutAsync(store, TestPolicies.Full("default", floor))).Id);
        }

        Assert.All(sent, id => Assert.Equal((id.Epoch, id.Revision), (held.Find(id)!.Epoch, held.Find(id)!.Revision)));
        Assert.Same(held.Find(sent[1]), held.Find(sent[1]));
    }

    [Fact]
    public async Task Find_SentTooLongAgo_IsNull()
    {
        using var store = Stores.Open(_folder);
        var held = new HeldSnapshots(store, _history);
        var first = _history.Of(store.Current).Id;
        for (var floor = 1; floor <= 4; floor++)
        {
            _history.Of(await Stores.PutAsync(store, TestPolicies.Full("default", floor)));
        }

        Assert.Null(held.Find(first));
    }

    [Fact]
    public async Task Find_NewestThatWasNotSentYet_IsReady()
    {
        using var store = Stores.Open(_folder);
        var newest = await Stores.PutAsync(store, TestPolicies.Full("default"));
        var id = new SnapshotHistory(size: 1).Of(newest).Id;

        Assert.Equal(newest.Revision, new HeldSnapshots(store, _history).Find(id)?.Revision);
    }

    [Fact]
    public async Task Find_MoreThanStayReady_StillFindsEach()
    {
        using var store = Stores.Open(_folder);
        var history = new SnapshotHistory(size: 64);
        var held = new HeldSnapshots(store, history);
        var sent = new List<SnapshotId>();
        for (var floor = 1; floor <= 40; floor++)
        {
            sent.Add(history.Of(await Stores.PutAsync(store, TestPolicies.Full("default", floor))).Id);
        }

        Assert.All(sent.Concat(sent), id => Assert.Equal(id.Revision, held.Find(id)!.Revision));
    }

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("another epoch", 1, "")]
    [InlineData(null, 1, "another content")]
    public void Find_NoneOrAnother_IsNull(string? epoch, long revision, string digest)
    {
        using var store = Stores.Open(_folder);

        Assert.Null(new HeldSnapshots(store, _history).Find(new SnapshotId(epoch ?? store.Current.Epoch, revision, digest)));
    }

    public void Dispose() => _folder.Dispose();
}
