using Fovea.Contracts.V1;
using Fovea.Scheduler.Canaries;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Canaries;

public sealed class CanaryJudgeTests
{
    private const double Doubt = 0.001;
    private static readonly CanaryLimits Defaults = CanaryLimits.Of(null);

    [Fact]
    public void Limits_NoGuard_AreThoseOfTheContract() =>
        Assert.Equal(new CanaryLimits(20, 0.02, 1.5, null), CanaryLimits.Of(new CanaryGuard()));

    [Theory]
    [InlineData(0, 0, 0, 0, CanaryFinding.Waiting)]
    [InlineData(19, 19, 1000, 0, CanaryFinding.Waiting)]
    [InlineData(20, 20, 180, 0, CanaryFinding.Errors)]
    [InlineData(20, 1, 180, 0, CanaryFinding.Healthy)]
    [InlineData(20, 20, 20, 20, CanaryFinding.Healthy)]
    [InlineData(1000, 100, 9000, 90, CanaryFinding.Errors)]
    [InlineData(1000, 100, 9000, 900, CanaryFinding.Healthy)]
    [InlineData(1000, 25, 9000, 90, CanaryFinding.Healthy)]
    [InlineData(20, 20, 0, 0, CanaryFinding.Errors)]
    [InlineData(20, 2, 0, 0, CanaryFinding.Healthy)]
    public void Judge_Failures_AreHeldAgainstTheRest(int requests, int failures, int rest, int restFailures, object finding) => Assert.Equal(
        (CanaryFinding)finding,
        CanaryJudge.Judge(Defaults, Arms.Totals(requests, failures), Arms.Totals(rest, restFailures), Doubt).Finding);

    [Fact]
    public void Judge_FewRequestsAllowed_IsSooner()
    {
        var limits = CanaryLimits.Of(new CanaryGuard { MinRequests = 5 });

        var verdict = CanaryJudge.Judge(limits, Arms.Totals(5, 5), Arms.Totals(100), Doubt);

        Assert.Equal(CanaryFinding.Errors, verdict.Finding);
        Assert.StartsWith("5 of 5 requests failed (share 1.000, at least 0.251), of the rest 0 of 100", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.0, CanaryFinding.Waiting)]
    [InlineData(1, 0.0, CanaryFinding.Healthy)]
    [InlineData(3, 0.0, CanaryFinding.Agreement)]
    [InlineData(40, 20.0, CanaryFinding.Agreement)]
    [InlineData(40, 36.0, CanaryFinding.Healthy)]
    [InlineData(40, 40.0, CanaryFinding.Healthy)]
    public void Judge_Agreement_MustReachItsFloor(long runs, double agreements, object finding)
    {
        var limits = CanaryLimits.Of(new CanaryGuard { MinAgreement = 0.95 });
        var canary = ArmTotals.Of(Arms.Shadowed(200, runs, agreements));

        Assert.Equal((CanaryFinding)finding, CanaryJudge.Judge(limits, canary, Arms.Totals(1000), Doubt).Finding);
        Assert.Equal(CanaryFinding.Healthy, CanaryJudge.Judge(Defaults, canary, Arms.Totals(1000), Doubt).Finding);
    }

    [Theory]
    [InlineData(100, 300, 100, 30, CanaryFinding.Latency)]
    [InlineData(100, 30, 100, 30, CanaryFinding.Healthy)]
    [InlineData(100, 30, 100, 300, CanaryFinding.Healthy)]
    [InlineData(100, 300, 9, 30, CanaryFinding.Healthy)]
    [InlineData(100, 300, 0, 30, CanaryFinding.Healthy)]
    public void Judge_Latency_IsOfMedians(int requests, double ttft, int rest, double restTtft, object finding) => Assert.Equal(
        (CanaryFinding)finding,
        CanaryJudge.Judge(Defaults, Arms.Totals(requests, ttft: ttft), Arms.Totals(rest, ttft: restTtft), Doubt).Finding);

    [Fact]
    public void Judge_SlowRequestsBelowHalf_AreNoFault()
    {
        var canary = Arms.Totals(60, ttft: 30).Plus(Arms.Totals(40, ttft: 300));

        Assert.Equal(CanaryFinding.Healthy, CanaryJudge.Judge(Defaults, canary, Arms.Totals(1000), Doubt).Finding);
    }

    // Looking after every tenth request, chance alone must hardly ever end a canary that is as good as the rest, and never keep a bad one.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Judge_EqualVersions_AreHardlyEverEnded(double failing)
    {
        const int Canaries = 200;
        var random = new Random(7);

        var ended = Enumerable.Range(0, Canaries).Count(_ => EndsWithin(2000, failing, failing, random) is not null);

        Assert.InRange(ended, 0, Canaries / 100);
    }

    [Theory]
    [InlineData(0.5, 0.0, 40)]
    [InlineData(0.2, 0.01, 200)]
    [InlineData(0.08, 0.01, 2000)]
    public void Judge_WorseVersion_IsEndedSoon(double failing, double restFailing, int requests)
    {
        var random = new Random(7);

        for (var canary = 0; canary < 50; canary++)
        {
            Assert.NotNull(EndsWithin(requests, failing, restFailing, random));
        }
    }

    [Fact]
    public void Judge_HigherFailures_NeverMakeABrokenCanarySound()
    {
        for (var requests = 20; requests <= 200; requests += 20)
        {
            var isBroken = false;
            for (var failures = 0; failures <= requests; failures++)
            {
                var verdict = CanaryJudge.Judge(Defaults, Arms.Totals(requests, failures), Arms.Totals(500, 5), Doubt);
                Assert.True(verdict.IsBroken || !isBroken, $"{failures} of {requests}");
                isBroken = verdict.IsBroken;
            }

            Assert.True(isBroken);
        }
    }

    /// <summary>Gives the request of the canary after which it is ended, or null; the rest gets nine requests for each.</summary>
    private static int? EndsWithin(int requests, double failing, double restFailing, Random random)
    {
        var (failures, restFailures) = (0, 0);
        for (var request = 1; request <= requests; request++)
        {
            failures += random.NextDouble() < failing ? 1 : 0;
            restFailures += Enumerable.Range(0, 9).Count(_ => random.NextDouble() < restFailing);
            if (request % 10 == 0 && CanaryJudge.Judge(Defaults, Arms.Totals(request, failures), Arms.Totals(request * 9, restFailures), Doubt).IsBroken)
            {
                return request;
            }
        }

        return null;
    }
}
