using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Scheduler.Tests.Canaries;

/// <summary>A whole scheduler with executors' feeds: what they report ends canaries.</summary>
public sealed class CanaryRollbackTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, long> _ended = new();
    private readonly TempFolder _folder = new();
    private TestScheduler _scheduler = null!;
    private MeterListener _listener = null!;

    private string AuditFile => Path.Combine(_folder.Path, "audit.jsonl");

    public async Task InitializeAsync()
    {
        _scheduler = await TestScheduler.StartAsync("--Canaries:Interval", "00:00:00.050", "--Feed:DebounceQuiet", "00:00:00", "--Audit:File", AuditFile);
        var factory = _scheduler.App.Services.GetRequiredService<IMeterFactory>();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "scheduler_canary_ended_total")
            {
                _ended.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value);
            }
        });
        _listener.Start();
    }

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        await _scheduler.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Canary_FailingOnTwoExecutors_IsGoneForAllAndHistorySaysWhy()
    {
        await using var one = await FeedClient.OpenAsync(_scheduler, "e1");
        await using var two = await FeedClient.OpenAsync(_scheduler, "e2");
        await Task.WhenAll(one.AckAsync(one.First), two.AckAsync(two.First));
        var canary = await StartAsync();
        var running = await Task.WhenAll(TakeAsync(one), TakeAsync(two));
        Assert.All(running, snapshot => Assert.Equal(canary.Canary.Revision, snapshot.Policies.Single(stored => stored.Policy.Name == "default").Canary.Revision));

        await one.SendAsync(new WatchRequest { Load = Arms.Load(Arms.Report(true, 15, 15, revision: canary.Revision), Arms.Report(false, 90, revision: canary.Revision)) });
        await two.SendAsync(new WatchRequest { Load = Arms.Load(Arms.Report(true, 15, 15, revision: canary.Revision), Arms.Report(false, 90, revision: canary.Revision)) });

        var after = await Task.WhenAll(TakeAsync(one), TakeAsync(two));
        Assert.All(after, snapshot => Assert.Null(snapshot.Policies.Single(stored => stored.Policy.Name == "default").Canary));
        var version = await NewestAsync();
        Assert.Equal((PolicyAction.CanaryFailed, after[0].Revision), (version.Action, version.Revision));
        Assert.StartsWith("30 of 30 requests failed (share 1.000", version.Reason, StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, long> { ["errors"] = 1 }, _ended);
        await _scheduler.App.StopAsync();
        Assert.Equal(["anonymous", "canary-guard"], (await File.ReadAllLinesAsync(AuditFile)).Select(line => (string)JsonNode.Parse(line)!["subject"]!));
    }

    [Fact]
    public async Task Canary_SnapshotRefusedByOneExecutor_Ends()
    {
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");
        await executor.AckAsync(executor.First);
        await StartAsync();
        var update = await executor.NextUpdateAsync();

        await executor.SendAsync(new WatchRequest { Nack = new Nack { Nonce = update.Nonce, Message = "no such layer" } });

        Assert.All((await TakeAsync(executor)).Policies, stored => Assert.Null(stored.Canary));
        var version = await NewestAsync();
        Assert.Equal(PolicyAction.CanaryFailed, version.Action);
        Assert.Contains($"'e1' refused revision {update.Snapshot.Revision}: no such layer", version.Reason, StringComparison.Ordinal);
        Assert.Equal(1, _ended["refused"]);
    }

    [Fact]
    public async Task Canary_AgreementBelowItsFloor_Ends()
    {
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");
        await executor.AckAsync(executor.First);
        var canary = await StartAsync(new CanaryGuard { MinAgreement = 0.9, ShadowShare = 1 });
        await TakeAsync(executor);
        var arm = Arms.Shadowed(25, 25, 10);
        arm.PolicyRevision = canary.Revision;

        await executor.SendAsync(new WatchRequest { Load = Arms.Load(arm) });

        await TakeAsync(executor);
        Assert.StartsWith("agreement 0.400 with the full model in 25 shadow runs", (await NewestAsync()).Reason, StringComparison.Ordinal);
        Assert.Equal(1, _ended["agreement"]);
    }

    [Fact]
    public async Task Canary_EndedByOperators_IsCountedByHow()
    {
        await StartAsync();
        await _scheduler.Policies.AbortCanaryAsync(new AbortCanaryRequest { Name = "default" });
        await StartAsync();
        await _scheduler.Policies.PromoteCanaryAsync(new PromoteCanaryRequest { Name = "default" });
        await StartAsync(floor: 3);
        await _scheduler.Policies.RollbackPolicyAsync(new RollbackPolicyRequest { Name = "default" });

        Assert.Equal(
            new Dictionary<string, long> { ["aborted"] = 1, ["promoted"] = 1, ["rolled_back"] = 1 }.OrderBy(pair => pair.Key), _ended.OrderBy(pair => pair.Key));
    }

    /// <summary>Reads the next snapshot and takes it into use.</summary>
    private static async Task<Snapshot> TakeAsync(FeedClient client)
    {
        var update = await client.NextUpdateAsync();
        await client.AckAsync(update);
        return update.Snapshot;
    }

    private Task<StoredPolicy> StartAsync(CanaryGuard? guard = null, int floor = 2) =>
        _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("default", floor), CanaryShare = 0.5, Guard = guard });

    private async Task<PolicyVersion> NewestAsync() =>
        (await _scheduler.Policies.GetPolicyHistoryAsync(new GetPolicyHistoryRequest { Name = "default", Limit = 1 })).Versions.Single();
}
