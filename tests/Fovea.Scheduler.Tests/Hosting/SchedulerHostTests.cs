using Fovea.Scheduler.Hosting;
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

    [Fact]
    public async Task StartAsync_FaultsOfSecurity_AreAllNamed()
    {
        var refused = await Assert.ThrowsAsync<StartException>(() => TestScheduler.StartAsync(
            "--Security:Mode=on", "--Security:KeyFile=missing.key", "--Quotas:MaxTenants=0", "--Client:CaFile=missing.pem"));

        foreach (var option in new[] { "Security:CertificateFile", "Security:Mode", "Quotas:MaxTenants", "Client:CaFile" })
        {
            Assert.Contains(refused.Faults, fault => fault.Contains(option, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("--Security:Modus=on", "Modus")]
    [InlineData("--Security:Mode=perhaps", "Security:Mode")]
    [InlineData("--metrics-listen=https://127.0.0.1:0", "Security:Mode is off")]
    public async Task StartAsync_SecurityThatCannotBeRead_IsNamed(string argument, string told)
    {
        var refused = await Assert.ThrowsAsync<StartException>(() => TestScheduler.StartAsync(argument));

        Assert.Contains(told, Assert.Single(refused.Faults), StringComparison.Ordinal);
    }
}
