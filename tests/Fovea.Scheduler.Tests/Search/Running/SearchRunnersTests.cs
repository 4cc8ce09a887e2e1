using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Search.Running;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Scheduler.Tests.Search.Running;

public sealed class SearchRunnersTests
{
    [Fact]
    public async Task TryLaunch_SchedulerGoesDown_LeavesTheSearchInterruptedAndWithoutALease()
    {
        await using var scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);
        await using var executor = await OracleExecutor.StartAsync(scheduler.Address, "e1");
        var gate = new Gate();
        executor.Script.BeforeScore = (_, _, ends) => gate.PassAsync(ends);
        var id = (await scheduler.Searches.BeginAsync(SearchCalls.GSearch())).Id;
        await gate.Reached;
        var runners = scheduler.App.Services.GetRequiredService<SearchRunners>();
        await runners.StopAsync(CancellationToken.None);

        var isLaunched = await runners.TryLaunchAsync(id, CancellationToken.None);

        var searches = scheduler.App.Services.GetRequiredService<ISearchStore>();
        Assert.False(isLaunched);
        Assert.Equal(SearchStatus.Interrupted, searches.Read(id)!.Head.Status);
        Assert.NotNull(await searches.TryLeaseAsync(id, TimeSpan.FromSeconds(1), CancellationToken.None));
    }
}
