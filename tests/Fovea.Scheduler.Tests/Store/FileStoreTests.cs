using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

public sealed class FileStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_NewFolders_HaveEpochsOfTheirOwn()
    {
        using var other = new TempFolder();
        using var first = Stores.Open(_folder);
        using var second = Stores.Open(other);

        Assert.NotEqual(first.Current.Epoch, second.Current.Epoch);
    }

    [Fact]
    public void Open_InUse_NamesTheOwner()
    {
        using var store = Stores.Open(_folder);

        var exception = Assert.Throws<StoreOpenException>(() => Stores.Open(_folder));

        Assert.Contains($"in use by process {Environment.ProcessId}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PathIsAFile_IsRefused()
    {
        File.WriteAllText(_folder["file"], "x");

        var options = new StoreOptions { Folder = _folder["file"] };
        var exception = Assert.Throws<StoreOpenException>(
            () => FileStore.Open(options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<FileStore>.Instance));

        Assert.Contains("--store", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryCommitAsync_FolderRefusesTheWrite_KeepsTheStateAndRecovers()
    {
        using var store = Stores.Open(_folder);
        Directory.CreateDirectory(_folder["state.json.tmp"]);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(store, TestPolicies.Full("a")));
        Assert.Equal(0, store.Current.Revision);
        Directory.Delete(_folder["state.json.tmp"]);

        Assert.Equal(1, (await Stores.PutAsync(store, TestPolicies.Full("a"))).Revision);
    }

    [Fact]
    public async Task TryCommitAsync_ReplaceFailed_TakesNoMoreChanges()
    {
        using var store = Stores.Open(_folder);
        File.Delete(_folder["state.json"]);
        Directory.CreateDirectory(_folder["state.json"]);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(store, TestPolicies.Full("a")));
        Directory.Delete(_folder["state.json"]);
        var exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => Stores.PutAsync(store, TestPolicies.Full("a")));

        Assert.Contains("restart", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, store.Current.Revision);
    }

}
