using Fovea.Contracts.V1;
using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Quotas;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Fovea.GrpcTests.Security;

public sealed class TenantQuotasTests : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly QuotaMetrics _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void Enter_BeyondTheRate_IsRefusedUntilTimeHasPassed()
    {
        var quotas = Of(new QuotaOptions { RequestsPerSecond = 2, Burst = 3 });

        Assert.All(Enumerable.Range(0, 3), call => Assert.Null(quotas.Enter("a", out _)));
        var refusal = quotas.Enter("a", out var account);
        Assert.Equal((QuotaKind.Requests, TimeSpan.FromSeconds(0.5)), (refusal!.Kind, refusal.RetryAfter));
        Assert.Null(account);
        Assert.Null(quotas.Enter("b", out _));

        _time.Now += refusal.RetryAfter;
        Assert.Null(quotas.Enter("a", out _));
        Assert.NotNull(quotas.Enter("a", out _));
    }

    [Fact]
    public void Enter_BeyondThoseRunning_IsRefusedUntilOneLeaves()
    {
        var quotas = Of(new QuotaOptions { ConcurrentRequests = 1 });
        Assert.Null(quotas.Enter("a", out var account));

        Assert.Equal(QuotaKind.Concurrent, quotas.Enter("a", out _)!.Kind);
        account!.Leave();

        Assert.Null(quotas.Enter("a", out _));
    }

    [Fact]
    public void Spend_CostlyRequest_IsPaidOffBeforeTheNext()
    {
        var quotas = Of(new QuotaOptions { VisionTokensPerSecond = 100, VisionTokenBurst = 200 });

        quotas.SpendVisionTokens("a", 1000);
        var refused = Assert.Throws<QuotaExceededException>(() => quotas.SpendVisionTokens("a", 1));
        Assert.Contains("Quotas:VisionTokensPerSecond", refused.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(8.01), refused.RetryAfter);

        _time.Now += refused.RetryAfter;
        quotas.SpendVisionTokens("a", 1);
    }

    [Fact]
    public void Spend_AtFullRateForLong_GivesTheRate()
    {
        var quotas = Of(new QuotaOptions { VisionTokensPerSecond = 500, VisionTokenBurst = 1000 });
        var served = 0;
        for (var step = 0; step < 10_000; step++)
        {
            _time.Now += TimeSpan.FromMilliseconds(10);
            try
            {
                quotas.SpendVisionTokens("a", 300);
                served += 300;
            }
            catch (QuotaExceededException)
            {
                // One that waits.
            }
        }

        Assert.InRange(served, 500 * 100, (500 * 100) + 1000 + 300);
    }

    [Fact]
    public void Tenants_OfTheirOwn_HaveTheirOwnLimits()
    {
        var options = new QuotaOptions { ConcurrentRequests = 1 };
        options.Tenants["big"] = new QuotaLimits { ConcurrentRequests = 2 };
        var quotas = Of(options);

        Assert.Null(quotas.Enter("big", out _));
        Assert.Null(quotas.Enter("big", out var account));
        Assert.NotNull(quotas.Enter("big", out _));
        Assert.Equal("big", account!.Label);
        Assert.Null(quotas.Enter("small", out var other));
        Assert.Equal("other", other!.Label);
    }

    [Fact]
    public void Tenants_ManyNames_AreBoundedAndShareTheRest()
    {
        var quotas = Of(new QuotaOptions { RequestsPerSecond = 1, MaxTenants = 10 });

        var admitted = Enumerable.Range(0, 10_000).Count(index => quotas.Enter($"tenant-{index}", out _) is null);

        Assert.Equal(10, quotas.Tracked);
        Assert.Equal(11, admitted);
    }

    [Fact]
    public void Tenants_Idle_MakeRoomForOthers()
    {
        var quotas = Of(new QuotaOptions { RequestsPerSecond = 1, MaxTenants = 2 });
        foreach (var tenant in new[] { "a", "b" })
        {
            Assert.Null(quotas.Enter(tenant, out var account));
            account!.Leave();
        }

        _time.Now += TimeSpan.FromSeconds(10);
        Assert.Null(quotas.Enter("c", out _));
        Assert.Null(quotas.Enter("d", out _));

        Assert.Equal(2, quotas.Tracked);
    }

    [Fact]
    public async Task Server_Flood_IsBoundedAndToldWhenToComeAgain()
    {
        await using var server = await SecureServer.StartAsync(new() { ["Quotas:RequestsPerSecond"] = "0.001", ["Quotas:Burst"] = "3" });
        var policies = new PolicyService.PolicyServiceClient(server.Channel(server.InRole("policy.read")));
        var ends = new List<RpcException>();
        for (var call = 0; call < 10; call++)
        {
            ends.Add(await Assert.ThrowsAsync<RpcException>(() => policies.GetPolicyAsync(new GetPolicyRequest()).ResponseAsync.Soon()));
        }

        Assert.Equal(3, ends.Count(end => end.StatusCode == StatusCode.Unimplemented));
        var refused = ends.Where(end => end.StatusCode == StatusCode.ResourceExhausted).ToList();
        Assert.Equal(7, refused.Count);
        Assert.All(refused, end =>
        {
            Assert.Contains("Quotas:RequestsPerSecond", end.Status.Detail, StringComparison.Ordinal);
            Assert.InRange(long.Parse(end.Trailers.GetValue("grpc-retry-pushback-ms")!, System.Globalization.CultureInfo.InvariantCulture), 1, 1_000_000);
        });
    }

    [Fact]
    public void Validate_BadLimits_AreAllNamed()
    {
        var options = new QuotaOptions { RequestsPerSecond = -1, MaxTenants = 0 };
        options.Tenants["a"] = new QuotaLimits { ConcurrentRequests = -2 };

        var faults = new QuotaOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(3, faults.Count);
        Assert.Contains(faults, fault => fault.StartsWith("Quotas:Tenants:a:ConcurrentRequests is -2", StringComparison.Ordinal));
    }

    private TenantQuotas Of(QuotaOptions options) => new(Options.Create(options), _time, _metrics);

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
