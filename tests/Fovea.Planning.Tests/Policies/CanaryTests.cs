using System.Globalization;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Policies;

public sealed class CanaryTests
{
    private const int Many = 20_000;

    private static readonly Policy Stored = Samples.Policy("default", Samples.Any(new Serving.BySpec(new UniformSpec(0.5))));
    private static readonly Policy Trial = Samples.Policy("default", Samples.Any(new Serving.Full())) with { AllowOverrides = false };

    // Computed by another program: SHA-256 of the text, first 8 bytes big-endian, divided by 2^64.
    [Theory]
    [InlineData("default", 7, "request-1", 0.16137488799081515)]
    [InlineData("default", 8, "request-1", 0.7649861100509403)]
    [InlineData("night", 7, "request-1", 0.33570276083766387)]
    [InlineData("default", 7, "", 0.1254524956228607)]
    [InlineData("default", 123456789012, "ü-2", 0.05525980460904813)]
    public void PointOf_RecordedRequest_IsTheSameForEver(string policy, long revision, string requestId, double point) =>
        Assert.Equal(point, CanaryShare.PointOf(policy, revision, requestId));

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void VersionFor_ManyRequests_ServesTheShareByTheCanary(double share)
    {
        var stored = new VersionedPolicy(Stored, 5, new PolicyCanary(Trial, share, 6));

        var canaries = Enumerable.Range(0, Many).Count(request => stored.VersionFor(Id(request)).IsCanary);

        // Five standard deviations of a binomial count.
        var deviation = Math.Sqrt(Many * share * (1 - share));
        Assert.InRange(canaries, (Many * share) - (5 * deviation), (Many * share) + (5 * deviation));
    }

    [Fact]
    public void VersionFor_ManyRequests_SpreadsThemEvenly()
    {
        const int bins = 100;
        var counts = new int[bins];
        foreach (var request in Enumerable.Range(0, Many))
        {
            counts[(int)(CanaryShare.PointOf("default", 6, Id(request)) * bins)]++;
        }

        // Chi-square of 99 degrees of freedom: mean 99, standard deviation 14.1.
        var expected = (double)Many / bins;
        Assert.InRange(counts.Sum(count => Math.Pow(count - expected, 2) / expected), 45, 170);
    }

    [Fact]
    public void VersionFor_LargerShare_KeepsTheRequestsOfTheSmaller()
    {
        var small = new VersionedPolicy(Stored, 5, new PolicyCanary(Trial, 0.1, 6));
        var large = small with { Canary = small.Canary! with { Share = 0.3 } };

        Assert.All(Enumerable.Range(0, 2000).Select(Id).Where(id => small.VersionFor(id).IsCanary), id => Assert.True(large.VersionFor(id).IsCanary));
    }

    [Fact]
    public void VersionFor_OtherTrialOfTheSamePolicy_DrawsOtherRequests()
    {
        var first = new VersionedPolicy(Stored, 5, new PolicyCanary(Trial, 0.5, 6));
        var second = first with { Canary = first.Canary! with { Revision = 9 } };

        var both = Enumerable.Range(0, Many).Select(Id).Count(id => first.VersionFor(id).IsCanary && second.VersionFor(id).IsCanary);

        Assert.InRange(both, (Many * 0.25) - 310, (Many * 0.25) + 310);
    }

    [Fact]
    public void Resolve_CanaryRuns_NamesTheVersionThatServed()
    {
        var snapshot = Snapshot(new VersionedPolicy(Stored, 5, new PolicyCanary(Trial, 0.5, 6)));
        var resolutions = Enumerable.Range(0, 100).Select(request => Resolve(snapshot, Samples.Request() with { RequestId = Id(request) })).ToList();

        Assert.Contains(resolutions, resolution => resolution is { IsCanary: true, PolicyRevision: 6, Plan.IsFull: true });
        Assert.Contains(resolutions, resolution => resolution is { IsCanary: false, PolicyRevision: 5, Plan.IsFull: false });
        Assert.All(resolutions, resolution => Assert.Equal(resolution.IsCanary, resolution.Plan!.IsFull));
        Assert.All(resolutions, resolution => Assert.Equal(("default", "*"), (resolution.PolicyName, resolution.RuleClass)));
    }

    [Fact]
    public void Resolve_IsBeside_DecidesByTheOtherVersion()
    {
        var snapshot = Snapshot(new VersionedPolicy(Stored, 5, new PolicyCanary(Trial, 0.5, 6)));
        foreach (var request in Enumerable.Range(0, 50).Select(request => Samples.Request() with { RequestId = Id(request) }))
        {
            var (served, beside) = (Resolve(snapshot, request), Resolve(snapshot, request with { IsBeside = true }));

            Assert.Equal((!served.IsCanary, 11 - served.PolicyRevision), (beside.IsCanary, beside.PolicyRevision));
        }
    }

    [Fact]
    public void Resolve_IsBesideWithoutACanary_IsTheSame()
    {
        var snapshot = Snapshot(new VersionedPolicy(Stored, 5));

        Assert.Equal(Resolve(snapshot, Samples.Request()), Resolve(snapshot, Samples.Request() with { IsBeside = true }));
        Assert.Null(new VersionedPolicy(Stored, 5).VersionBeside("r"));
    }

    [Fact]
    public void Resolve_Override_IsAllowedByTheVersionThatWouldServe()
    {
        var snapshot = Snapshot(new VersionedPolicy(Stored, 5, new PolicyCanary(Trial, 0.5, 6)));
        foreach (var request in Enumerable.Range(0, 50).Select(request => Samples.Request() with { RequestId = Id(request) }))
        {
            var isCanary = Resolve(snapshot, request).IsCanary;

            var overridden = Resolve(snapshot, request with { Override = new PlanOverride.Full() });

            Assert.Equal(isCanary, !overridden.IsValid);
            Assert.True(isCanary || overridden is { PolicyRevision: 5, IsCanary: false, RuleClass: "" });
        }
    }

    [Fact]
    public void Resolve_NamedPolicy_IsServedByItsOwnCanary()
    {
        var other = new VersionedPolicy(Stored with { Name = "night" }, 3, new PolicyCanary(Trial with { Name = "night" }, 0.5, 4));
        var snapshot = Snapshot(new VersionedPolicy(Stored, 5), other);
        foreach (var id in Enumerable.Range(0, 50).Select(Id))
        {
            var resolution = Resolve(snapshot, Samples.Request() with { RequestId = id, Override = new PlanOverride.PolicyName("night") });

            var isCanary = CanaryShare.PointOf("night", 4, id) < 0.5;
            Assert.Equal((isCanary, isCanary ? 4L : 3L), (resolution.IsCanary, resolution.PolicyRevision));
        }
    }

    [Fact]
    public void Resolve_NoCanary_NamesTheRevisionOfThePolicy() =>
        Assert.True(Resolve(Snapshot(new VersionedPolicy(Stored, 5)), Samples.Request()) is { PolicyRevision: 5, IsCanary: false });

    private static string Id(int request) => request.ToString("x", CultureInfo.InvariantCulture);

    private static PolicySnapshot Snapshot(params VersionedPolicy[] policies) =>
        PolicySnapshot.OfVersions("e1", 7, policies, [], ModelTables.None);

    private static PlanResolution Resolve(PolicySnapshot snapshot, PlanRequest request) =>
        new PlanResolver().Resolve(snapshot, Samples.SmallProfile, request);
}
