using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

public sealed class StoreTransactionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UpdateAsync_NoChange_ReturnsTheStateItWasDecidedBy()
    {
        using var store = Stores.Open(_folder);

        Assert.Same(store.Current, await store.UpdateAsync(_ => null, CancellationToken.None));
    }
}
