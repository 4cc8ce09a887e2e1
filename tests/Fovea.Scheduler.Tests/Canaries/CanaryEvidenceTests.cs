using Fovea.Contracts.V1;
using Fovea.Scheduler.Canaries;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Canaries;

public sealed class CanaryEvidenceTests
{
    private readonly CanaryEvidence _evidence = new(new CanaryKey("default", "e", 2, 2));

    [Fact]
    public void Take_TwoExecutors_AddsThemUp()
    {
        Take("a", Arms.Report(canary: true, 10, 1), Arms.Report(canary: false, 90));
        Take("b", Arms.Report(canary: true, 5), Arms.Report(canary: false, 45, 2));

        Assert.Equal((15, 1, 135, 2), Counts());
        Assert.Equal((15, 135), (_evidence.Canary.Latencies.Count, _evidence.Rest.Latencies.Count));
    }

    [Fact]
    public void Take_SameReportAgain_CountsItOnce()
    {
        Take("a", Arms.Report(canary: true, 10, 1));
        Take("a", Arms.Report(canary: true, 10, 1));

        Assert.Equal((10, 1, 0, 0), Counts());
    }

    [Fact]
    public void Take_ExecutorRestarted_KeepsWhatItHadCounted()
    {
        Take("a", Arms.Report(canary: true, 10, 2));
        Take("a");
        Take("a", Arms.Report(canary: true, 3));
        Take("a", Arms.Report(canary: true, 4));

        Assert.Equal((14, 2, 0, 0), Counts());
        Assert.Equal(14, _evidence.Canary.Latencies.Count);
    }

    [Fact]
    public void Take_RestartedAgainAndAgain_NeverLosesNorInvents()
    {
        var random = new Random(3);
        var (truth, process) = (0L, 0L);
        for (var step = 0; step < 500; step++)
        {
            if (process > 0 && random.Next(10) == 0)
            {
                process = 0;
                Take("a", Arms.Report(canary: true, 0));
            }

            var served = random.Next(5);
            (process, truth) = (process + served, truth + served);
            Take("a", Arms.Report(canary: true, process));
            Assert.Equal(truth, _evidence.Canary.Requests);
        }
    }

    [Fact]
    public void Take_NamedProcesses_AreAddedAndOlderReportsIgnored()
    {
        TakeOf("p1", 10);
        TakeOf("p1", 8);
        TakeOf("p2", 30);
        TakeOf("p1", 11);
        TakeOf("p1", 10);

        Assert.Equal((41, 0, 0, 0), Counts());
    }

    [Fact]
    public void Take_OtherPolicyRevisionOrEpoch_IsNoEvidence()
    {
        Take("a", Arms.Report(canary: true, 10, policy: "other"), Arms.Report(canary: true, 10, revision: 1), Arms.Report(canary: false, 10, revision: 3));
        _evidence.Take(new ExecutorStatus { ExecutorId = "b", AppliedEpoch = "f", Load = Arms.Load(Arms.Report(canary: true, 10)) });

        Assert.Equal((0, 0, 0, 0), Counts());
    }

    [Fact]
    public void Take_ImpossibleCounts_AreIgnoredAndToldOnce()
    {
        var bad = Arms.Report(canary: true, 5, failures: 6);

        Assert.Equal("6 failures of 5 requests", Take("a", bad));
        Assert.Equal(string.Empty, Take("a", bad));
        Take("a", Arms.Report(canary: true, 7));

        Assert.Equal((7, 0, 0, 0), Counts());
    }

    [Fact]
    public void FaultOf_EveryImpossibility_IsFound()
    {
        Action<ArmReport>[] spoils =
        [
            report => report.Requests = -1,
            report => report.Failures = -1,
            report => report.ShadowRuns = -1,
            report => report.ShadowAgreementSum = 0.5,
            report => report.ShadowAgreementSum = double.NaN,
            report => report.TtftCounts.Add(1),
            report => report.TtftCounts[0] = -1,
            report => report.TtftBoundsMs[0] = 0,
            report => report.TtftBoundsMs[0] = double.NaN,
            report => report.TtftBoundsMs[^1] = double.PositiveInfinity,
            report => report.TtftBoundsMs[1] = report.TtftBoundsMs[0],
            report => report.TtftBoundsMs.Clear(),
        ];

        Assert.Equal(string.Empty, ArmCheck.FaultOf(Arms.Report(canary: true, 5)));
        Assert.Equal(string.Empty, ArmCheck.FaultOf(new ArmReport { Requests = 3 }));
        Assert.All(spoils, spoil =>
        {
            var report = Arms.Report(canary: true, 5);
            spoil(report);
            Assert.NotEqual(string.Empty, ArmCheck.FaultOf(report));
        });
    }

    [Theory]
    [InlineData(0.01, 20, 40)]
    [InlineData(0.5, 20, 40)]
    [InlineData(0.95, 160, 320)]
    [InlineData(1.0, 320, 320)]
    public void Quantile_OfCountedTimes_LiesInItsRange(double share, double low, double high)
    {
        var times = Arms.Totals(80, ttft: 30).Latencies.Plus(Arms.Totals(18, ttft: 200).Latencies).Plus(Arms.Totals(2, ttft: 5000).Latencies);

        Assert.Equal(100, times.Count);
        Assert.InRange(times.Quantile(share), low, high);
    }

    [Fact]
    public void Quantile_LargerShare_IsNeverSmaller()
    {
        var times = Arms.Totals(7, ttft: 5).Latencies.Plus(Arms.Totals(5, ttft: 100).Latencies).Plus(Arms.Totals(3, ttft: 70).Latencies);

        var values = Enumerable.Range(0, 101).Select(percent => times.Quantile(percent / 100.0)).ToList();

        Assert.Equal(values.Order(), values);
        Assert.Equal(0, Latencies.None.Quantile(0.5));
    }

    private string Take(string executor, params ArmReport[] arms) =>
        _evidence.Take(new ExecutorStatus { ExecutorId = executor, AppliedEpoch = "e", Load = Arms.Load(arms) });

    private void TakeOf(string process, long requests)
    {
        var load = Arms.Load(Arms.Report(canary: true, requests));
        load.Process = process;
        _evidence.Take(new ExecutorStatus { ExecutorId = "a", AppliedEpoch = "e", Load = load });
    }

    private (long Requests, long Failures, long Others, long OtherFailures) Counts() =>
        (_evidence.Canary.Requests, _evidence.Canary.Failures, _evidence.Rest.Requests, _evidence.Rest.Failures);
}
