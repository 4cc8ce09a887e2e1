using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Store;

public sealed class FileStoreContractTests : StoreContractTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private FileStore? _open;

    public void Dispose() => _folder.Dispose();

    private protected override async Task<ISchedulerStore> OpenAsync(int historyLimit = 100)
    {
        var options = new StoreOptions { Folder = _folder.Path, HistoryLimit = historyLimit };
        _open = FileStore.Open(options, TimeProvider.System, NullLogger<FileStore>.Instance);
        await _open.OpenAsync(default);
        return _open;
    }

    private protected override Task CloseAsync()
    {
        _open?.Dispose();
        return Task.CompletedTask;
    }
}
