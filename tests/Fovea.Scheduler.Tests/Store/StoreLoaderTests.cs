using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

public sealed class StoreLoaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("{\"format\":\"fovea-store/1\"")]
    public async Task Load_PendingFilesLeftBehind_AreRemovedAndIgnored(string left)
    {
        var (epoch, _) = await FillAsync();
        File.WriteAllText(_folder["state.json.tmp"], left);
        File.WriteAllText(_folder["state.previous.json.tmp"], left);

        using var store = Stores.Open(_folder);

        Assert.Equal((epoch, 2), (store.Current.Epoch, store.Current.Revision));
        Assert.False(File.Exists(_folder["state.json.tmp"]));
        Assert.False(File.Exists(_folder["state.previous.json.tmp"]));
    }

    [Fact]
    public async Task Load_WholePendingFileNotRenamed_IsNotTheState()
    {
        await FillAsync();
        var next = StoreCodec.Decode(File.ReadAllBytes(_folder["state.json"])).With(new StoreChange.DeletePolicy("a"));
        File.WriteAllBytes(_folder["state.json.tmp"], StoreCodec.Encode(next));

        using var store = Stores.Open(_folder);

        Assert.Equal(2, store.Current.Revision);
    }

    [Fact]
    public async Task Load_Damaged_IsRefusedWithPathAndRemedy()
    {
        await FillAsync();
        Truncate();

        var exception = Assert.Throws<StoreOpenException>(() => Stores.Open(_folder));

        Assert.Contains(_folder["state.json"], exception.Message, StringComparison.Ordinal);
        Assert.Contains("--store-recover", exception.Message, StringComparison.Ordinal);
        Assert.Contains("revision 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_StateMissingBesidePrevious_IsRefused()
    {
        await FillAsync();
        File.Delete(_folder["state.json"]);

        var exception = Assert.Throws<StoreOpenException>(() => Stores.Open(_folder));

        Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_RecoverDamaged_GoesBackInANewEpochAndKeepsTheDamagedFile()
    {
        var (epoch, _) = await FillAsync();
        Truncate();

        using (var store = Stores.Open(_folder, recover: true))
        {
            Assert.Equal(1, store.Current.Revision);
            Assert.NotEqual(epoch, store.Current.Epoch);
            Assert.Equal(store.Current.Epoch, store.Current.Policies["a"].Epoch);
            Assert.Equal(["a"], store.Current.Policies.Keys);
        }

        Assert.Single(Directory.GetFiles(_folder.Path, "state.damaged-*.json"));
        using var again = Stores.Open(_folder);
        Assert.Equal(1, again.Current.Revision);
    }

    [Fact]
    public async Task Load_RecoverGoodState_ChangesNothing()
    {
        var (epoch, _) = await FillAsync();

        using var store = Stores.Open(_folder, recover: true);

        Assert.Equal((epoch, 2), (store.Current.Epoch, store.Current.Revision));
    }

    [Fact]
    public async Task Load_RecoverBothDamaged_IsRefusedAndNothingIsLost()
    {
        await FillAsync();
        Truncate();
        File.WriteAllText(_folder["state.previous.json"], "garbage");
        var left = File.ReadAllBytes(_folder["state.json"]);

        Assert.Throws<StoreOpenException>(() => Stores.Open(_folder, recover: true));

        Assert.Equal(left, File.ReadAllBytes(_folder["state.json"]));
    }

    private async Task<(string Epoch, long Revision)> FillAsync()
    {
        using var store = Stores.Open(_folder);
        await Stores.PutAsync(store, TestPolicies.Full("a"));
        var state = await Stores.PutAsync(store, TestPolicies.Full("b"));
        return (state.Epoch, state.Revision);
    }

    private void Truncate()
    {
        using var file = File.OpenWrite(_folder["state.json"]);
        file.SetLength(file.Length / 2);
    }
}
