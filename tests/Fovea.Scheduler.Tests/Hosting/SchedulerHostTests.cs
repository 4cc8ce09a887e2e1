using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Health.V1;

namespace Fovea.Scheduler.Tests.Hosting;

public sealed class SchedulerHostTests
{
    [Fact]
    public async Task StartAsync_StoreOpen_IsServingUntilItDrains()
    {
        await using var scheduler = await TestScheduler.StartAsync();
        var health = new Health.HealthClient(scheduler.Channel);
        using var watching = health.Watch(new HealthCheckRequest());
        Assert.True(await watching.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, watching.ResponseStream.Current.Status);

        var stopping = scheduler.App.StopAsync();

        Assert.True(await watching.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, watching.ResponseStream.Current.Status);
        await stopping.WaitAsync(Limits.Step);
    }
}
