using System.Collections.Concurrent;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

public sealed class StoreTransactionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UpdateAsync_ManyWriters_EachRevisionIsWonOnce()
    {
        const int Writers = 8;
        const int Changes = 10;
        using var store = Stores.Open(_folder);
        var revisions = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var change = 0; change < Changes; change++)
            {
                var state = await store.UpdateAsync(
                    current => new StoreChange.PutPolicy(TestPolicies.Full("counter", (current.Policies.GetValueOrDefault("counter")?.Policy.Floor ?? 0) + 1)),
                    CancellationToken.None);
                revisions.Add(state.Revision);
            }
        })));

        Assert.Equal(Enumerable.Range(1, Writers * Changes).Select(number => (long)number), revisions.Order());
        Assert.Equal(Writers * Changes, store.Current.Policies["counter"].Policy.Floor);
    }

    [Fact]
    public async Task UpdateAsync_NoChange_ReturnsTheStateItWasDecidedBy()
    {
        using var store = Stores.Open(_folder);

        Assert.Same(store.Current, await store.UpdateAsync(_ => null, CancellationToken.None));
    }
}
