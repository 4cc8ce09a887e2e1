using Fovea.Scheduler.Hosting;
using Microsoft.Extensions.Configuration;

namespace Fovea.Scheduler.Tests.Hosting;

public sealed class SchedulerOptionsTests
{
    [Fact]
    public void Read_Nothing_GivesDefaultsInRange()
    {
        var options = Read();

        Assert.Equal("http://127.0.0.1:7080", options.Server.Listen);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Feed.Heartbeat);
    }

    [Theory]
    [InlineData("Server:Listen", "nonsense")]
    [InlineData("Server:HealthListen", "https://127.0.0.1:1")]
    [InlineData("Server:Listen", "http://127.0.0.1:99999")]
    [InlineData("Server:MetricsListen", "127.0.0.1")]
    [InlineData("Server:ShutdownTimeout", "-00:00:01")]
    [InlineData("Store:Folder", " ")]
    [InlineData("Store:MaxSnapshotBytes", "5000000")]
    [InlineData("Feed:DebounceQuiet", "00:00:11")]
    [InlineData("Feed:DebounceMax", "00:00:00.050")]
    [InlineData("Feed:Heartbeat", "00:00:00")]
    [InlineData("Feed:SubscribeTimeout", "01:00:00")]
    [InlineData("Feed:WriteTimeout", "00:00:00")]
    [InlineData("Feed:AnswerTimeout", "0")]
    [InlineData("Feed:HistorySize", "0")]
    [InlineData("Feed:RetryAfter", "-1")]
    [InlineData("Plans:HelloTimeout", "00:00:00")]
    [InlineData("Plans:OutboundCapacity", "0")]
    [InlineData("Plans:SlowConsumerTimeout", "00:11:00")]
    [InlineData("Plans:DrainGrace", "00:02:00")]
    [InlineData("Plans:RetryAfter", "00:11:00")]
    [InlineData("Fleet:ForgetAfter", "2")]
    [InlineData("Fleet:MaxExecutors", "0")]
    [InlineData("Canaries:Interval", "00:02:00")]
    [InlineData("Canaries:Doubt", "0")]
    [InlineData("Feed:Heartbeats", "00:00:05")]
    [InlineData("Fleet:MaxExecutors", "many")]
    public void Read_OutOfRangeMalformedOrUnknown_NamesTheOption(string key, string value)
    {
        var exception = Assert.Throws<StartException>(() => Read((key, value)));

        Assert.Contains(exception.Faults, fault => fault.Contains(key.Split(':')[1], StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ManyFaults_AllAreNamed()
    {
        var exception = Assert.Throws<StartException>(
            () => Read(("Server:Listen", "x"), ("Feed:Heartbeat", "00:00:00"), ("Feed:HistorySize", "0"), ("Plans:OutboundCapacity", "0")));

        Assert.Equal(4, exception.Faults.Count);
    }

    private static SchedulerOptions Read(params (string Key, string Value)[] settings) => SchedulerOptions.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build());
}
