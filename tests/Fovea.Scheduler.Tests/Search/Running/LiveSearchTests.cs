using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Running;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Tests.Search.Running;

public sealed class LiveSearchTests
{
    [Fact]
    public async Task WaitAsync_SlowWatcher_GetsTheNewestOnly()
    {
        var live = new LiveSearch(new SearchMessage());
        var seen = live.Newest;
        for (var trial = 0; trial < 5; trial++)
        {
            live.Publish(new SearchUpdate { Trial = new SearchTrial { Index = trial } });
        }

        var update = await live.WaitAsync(seen, CancellationToken.None);

        Assert.Equal(4, update.Trial.Index);
        Assert.False(live.WaitAsync(update, CancellationToken.None).IsCompleted);
    }
}
