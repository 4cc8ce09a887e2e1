using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Search.Journal;

public sealed class FileSearchStoreContractTests : SearchStoreContractTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private FileSearchStore? _open;

    public void Dispose() => _folder.Dispose();

    private protected override async Task<ISearchStore> OpenAsync()
    {
        _open = FileSearchStore.Open(new StoreOptions { Folder = _folder.Path }, _time, NullLogger<FileSearchStore>.Instance);
        await _open.OpenAsync(default);
        return _open;
    }

    private protected override Task CloseAsync()
    {
        _open?.Dispose();
        return Task.CompletedTask;
    }

    private protected override Task ExpireAsync(string id)
    {
        _time.Advance(Duration);
        return Task.CompletedTask;
    }
}
