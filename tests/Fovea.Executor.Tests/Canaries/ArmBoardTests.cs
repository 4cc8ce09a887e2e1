using Fovea.Contracts.V1;
using Fovea.Executor.Canaries;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Tests.Canaries;

public sealed class ArmBoardTests : IDisposable
{
    private const string Spec = "uniform:r=0.5";

    private readonly MetricsProbe _probe = new();
    private readonly SnapshotStore _snapshots;

    public ArmBoardTests() => _snapshots = new SnapshotStore(null, _probe.Metrics, new ManualTime(), NullLogger<SnapshotStore>.Instance);

    public void Dispose() => _probe.Dispose();

    [Fact]
    public void Find_NoCanary_CountsNothing()
    {
        var board = Open();
        Assert.Null(board.Find(Served(canary: false)));
        Offer(Snapshots.Uniform("e1", 7, 0.5));

        Assert.Null(board.Find(Served(canary: false)));
        Assert.Empty(board.Report());
    }

    [Fact]
    public void Report_BothArms_TellApartWhatEachServed()
    {
        var board = Open();
        Offer(CanarySnapshots.Of(7, Spec, Spec));

        board.Find(Served(canary: true))!.Ended(failed: false, TimeSpan.FromMilliseconds(3));
        board.Find(Served(canary: true))!.Ended(failed: true, firstToken: null);
        board.Find(Served(canary: true))!.Ended(failed: null, TimeSpan.FromMilliseconds(3));
        board.Find(Served(canary: true))!.Shadowed(0.25);
        board.Find(Served(canary: false))!.Ended(failed: false, TimeSpan.FromHours(1));

        var reports = board.Report().ToList();
        Assert.Equal([(false, 1L, 0L, 1L), (true, 2L, 1L, 2L)], reports.Select(report => (report.Canary, report.Requests, report.Failures, report.TtftCounts.Sum())));
        Assert.Equal((1L, 0.25), (reports[1].ShadowRuns, reports[1].ShadowAgreementSum));
        Assert.Equal(1, reports[0].TtftCounts[^1]);
        Assert.All(reports, report => Assert.Equal((7L, "default", report.TtftBoundsMs.Count + 1), (report.PolicyRevision, report.Policy, report.TtftCounts.Count)));
    }

    [Fact]
    public void Find_SnapshotsWithTheSameCanary_GoOnCounting()
    {
        var board = Open();
        Offer(CanarySnapshots.Of(7, Spec, Spec));
        board.Find(Served(canary: true))!.Ended(failed: false, firstToken: null);
        var later = CanarySnapshots.Of(7, Spec, Spec);
        later.Revision = 8;

        Offer(later);

        Assert.Equal(1, board.Report().Last().Requests);
    }

    [Fact]
    public void Find_CanaryOver_IsForgottenAndTheNextStartsAtZero()
    {
        var board = Open();
        Offer(CanarySnapshots.Of(7, Spec, Spec));
        var arm = board.Find(Served(canary: true))!;
        arm.Ended(failed: false, firstToken: null);

        Offer(Snapshots.Uniform("e1", 8, 0.5));
        Assert.Empty(board.Report());
        Assert.Null(board.Find(Served(canary: true)));
        Offer(CanarySnapshots.Of(9, Spec, Spec));
        arm.Ended(failed: false, firstToken: null);

        Assert.All(board.Report(), report => Assert.Equal((9L, 0L), (report.PolicyRevision, report.Requests)));
    }

    [Fact]
    public void Find_OtherEpoch_StartsAtZero()
    {
        var board = Open();
        Offer(CanarySnapshots.Of(7, Spec, Spec));
        board.Find(Served(canary: true))!.Ended(failed: false, firstToken: null);

        Offer(CanarySnapshots.Of(7, Spec, Spec, epoch: "e2"));

        Assert.All(board.Report(), report => Assert.Equal(0, report.Requests));
    }

    [Fact]
    public void Find_OverrideWithoutPolicy_HasNoArm()
    {
        var board = Open();
        Offer(CanarySnapshots.Of(7, Spec, Spec));

        Assert.Null(board.Find(new Provenance { Revision = 7, PolicyRevision = 7 }));
        Assert.Null(board.Find(provenance: null));
    }

    [Fact]
    public void Report_MoreCanariesThanAllowed_KeepsWholePairs()
    {
        var board = Open(maxArms: 5);
        var snapshot = CanarySnapshots.Of(7, Spec, Spec);
        snapshot.Policies.AddRange(new[] { "a", "b", "z" }.Select(name => CanarySnapshots.Stored(7, Spec, Spec, name: name)));

        Offer(snapshot);

        Assert.Equal([("a", false), ("a", true), ("b", false), ("b", true)], board.Report().Select(report => (report.Policy, report.Canary)));
    }

    [Fact]
    public void Ended_ManyThreads_LosesNothing()
    {
        var board = Open();
        Offer(CanarySnapshots.Of(7, Spec, Spec));

        Parallel.For(0, 10_000, number => board.Find(Served(canary: true))!.Ended(number % 10 == 0, TimeSpan.FromMilliseconds(number)));

        var report = board.Report().Last();
        Assert.Equal((10_000L, 1_000L, 10_000L), (report.Requests, report.Failures, report.TtftCounts.Sum()));
    }

    [Fact]
    public void IndexOf_AnyTime_IsTheFirstBoundThatItIsNotAbove()
    {
        var bounds = LatencyBounds.Milliseconds;
        for (var milliseconds = 0.5; milliseconds < 500_000; milliseconds *= 1.01)
        {
            var index = LatencyBounds.IndexOf(TimeSpan.FromMilliseconds(milliseconds));
            var counted = TimeSpan.FromMilliseconds(milliseconds).TotalMilliseconds;

            Assert.True(index == bounds.Length || counted <= bounds[index]);
            Assert.True(index == 0 || counted > bounds[index - 1]);
        }

        Assert.Equal(0, LatencyBounds.IndexOf(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(bounds.Order(), bounds);
    }

    private static Provenance Served(bool canary) => new() { Epoch = "e1", Revision = 7, Policy = "default", Rule = "*", PolicyRevision = 7, Canary = canary };

    private void Offer(Snapshot snapshot) => Assert.Empty(_snapshots.Offer(snapshot));

    private ArmBoard Open(int maxArms = 64) =>
        new(_snapshots, Options.Create(new CanaryOptions { MaxArms = maxArms }), NullLogger<ArmBoard>.Instance);
}
