using System.Text;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Store;

/// <summary>Tests what the file store does with its history file; what any store does is in the contract tests.</summary>
public sealed class StoreHistoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_VersionBeyondTheState_IsDropped()
    {
        await FillAsync();
        var beyond = new PolicyVersion { Name = "a", Epoch = "e", Revision = 4, Time = new Timestamp() };
        await File.AppendAllTextAsync(_folder["history.jsonl"], Encoding.UTF8.GetString(HistoryCodec.Encode(beyond)));

        using (var store = Stores.Open(_folder))
        {
            Assert.Equal([3, 2, 1], await RevisionsAsync(store));
            await Stores.PutAsync(store, TestPolicies.Full("a", 9));
        }

        using var again = Stores.Open(_folder);
        Assert.Equal([4, 3, 2, 1], await RevisionsAsync(again));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Open_DamagedLine_KeepsTheOthersAndKnowsThatItIsIncomplete(int line)
    {
        await FillAsync();
        var lines = await File.ReadAllLinesAsync(_folder["history.jsonl"]);
        lines[line] = lines[line].Replace("sha256\":\"", "sha256\":\"x", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(_folder["history.jsonl"], lines);

        using var store = Stores.Open(_folder);

        Assert.Equal(line == 0 ? [3, 2, 1] : [3, 1], await RevisionsAsync(store));
        Assert.Null(await store.EventsAfterAsync(2, default));
        Assert.Empty((await store.EventsAfterAsync(3, default))!);
    }

    [Fact]
    public async Task Open_FolderFromBeforeHistory_BeginsAtItsState()
    {
        await FillAsync();
        File.Delete(_folder["history.jsonl"]);

        using var store = Stores.Open(_folder);
        await Stores.PutAsync(store, TestPolicies.Full("a", 9));

        Assert.Equal([4], await RevisionsAsync(store));
        Assert.Null(await store.EventsAfterAsync(2, default));
        Assert.Equal(4, Assert.Single((await store.EventsAfterAsync(3, default))!).Revision);
    }

    [Fact]
    public async Task Open_AfterRecovery_KeepsTheVersionsBeforeTheLostOneButNoEvents()
    {
        await FillAsync();
        await File.WriteAllTextAsync(_folder["state.json"], "damaged");

        using var store = Stores.Open(_folder, recover: true);
        await Stores.PutAsync(store, TestPolicies.Full("a", 9));

        var versions = await store.HistoryAsync("a", 10, default);
        Assert.Equal([3, 2, 1], versions.Select(version => version.Revision));
        Assert.NotEqual(versions[0].Epoch, versions[1].Epoch);
        Assert.Null(await store.EventsAfterAsync(1, default));
        Assert.Single((await store.EventsAfterAsync(2, default))!);
    }

    [Fact]
    public async Task TryCommitAsync_FarMoreChangesThanTheLimit_KeepsTheFileSmall()
    {
        using (var store = Open(limit: 2))
        {
            for (var change = 1; change <= 600; change++)
            {
                await Stores.PutAsync(store, TestPolicies.Full("a", change));
            }

            Assert.Equal([600, 599], await RevisionsAsync(store));
        }

        Assert.InRange((await File.ReadAllLinesAsync(_folder["history.jsonl"])).Length, 3, 300);
        using var again = Open(limit: 2);
        Assert.Equal([600, 599], await RevisionsAsync(again));
        Assert.Null(await again.EventsAfterAsync(597, default));
        Assert.Equal(2, (await again.EventsAfterAsync(598, default))!.Count);
    }

    private FileStore Open(int limit) => FileStore.Open(
        new StoreOptions { Folder = _folder.Path, HistoryLimit = limit }, TimeProvider.System, NullLogger<FileStore>.Instance);

    private async Task FillAsync()
    {
        using var store = Stores.Open(_folder);
        for (var floor = 1; floor <= 3; floor++)
        {
            await Stores.PutAsync(store, TestPolicies.Full("a", floor));
        }
    }

    private static async Task<IEnumerable<long>> RevisionsAsync(FileStore store) =>
        (await store.HistoryAsync("a", 1000, default)).Select(version => version.Revision);
}
