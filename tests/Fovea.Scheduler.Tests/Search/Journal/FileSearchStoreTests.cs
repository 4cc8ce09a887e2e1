using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Tests.Search.Journal;

public sealed class FileSearchStoreTests : IDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private FileSearchStore _store;

    public FileSearchStoreTests() => _store = Open();

    private string Path => System.IO.Path.Combine(_folder.Path, "searches", "s1.jsonl");

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Open_DamagedTail_IsCutOffAndWrittenOn(int lost)
    {
        await CreateAsync("s1");
        var lease = (await LeaseAsync())!;
        await _store.AppendAsync(lease, Trial(0), default);
        await _store.AppendAsync(lease, Trial(1), default);
        _store.Dispose();
        await using (var file = new FileStream(Path, FileMode.Open))
        {
            file.SetLength(file.Length - lost);
        }

        var store = Reopen();
        Assert.Single(store.Read("s1")!.Trials);
        await store.AppendAsync((await LeaseAsync())!, Trial(1), default);

        Assert.Equal([0, 1], Reopen().Read("s1")!.Trials.Select(tried => tried.Trial.Index));
    }

    [Fact]
    public async Task Open_UnreadableJournal_IsPutAside()
    {
        await CreateAsync("s1");
        _store.Dispose();
        await File.WriteAllTextAsync(Path, "nothing\n");

        Assert.Empty(Reopen().List());
        Assert.True(File.Exists(Path + ".damaged"));
    }

    [Fact]
    public async Task Open_Again_ForgetsLeasesButNotTheirTokens()
    {
        await CreateAsync("s1");
        var before = (await LeaseAsync())!;
        Reopen();

        Assert.Equal(before.Token + 1, (await LeaseAsync())!.Token);
    }

    private static SearchEntry.Tried Trial(int index) => new(new SearchTrial { Index = index }, [0, 1]);

    private Task<SearchRecord> CreateAsync(string id) => _store.CreateAsync(
        new SearchEntry.Created(
            "request", new SearchMessage { Id = id, Status = SearchStatus.Running, Spec = new SearchSpec { Model = "m" } }, new([0, 2], ["a", "b"], [1], ["c"], 64, 20)),
        default);

    private Task<SearchLease?> LeaseAsync() => _store.TryLeaseAsync("s1", Duration, default);

    private FileSearchStore Reopen()
    {
        _store.Dispose();
        return _store = Open();
    }

    private FileSearchStore Open() => FileSearchStore.Open(new StoreOptions { Folder = _folder.Path }, _time, NullLogger<FileSearchStore>.Instance);
}
