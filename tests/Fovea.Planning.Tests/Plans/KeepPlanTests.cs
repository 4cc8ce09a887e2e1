using Fovea.Planning.Plans;
using Fovea.Planning.Tests.Support;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Plans;

public sealed class KeepPlanTests
{
    private static readonly KeepPlan Plan = new()
    {
        Model = "demo",
        ModelRevision = "r1",
        Schedule = "fastv:K=2,R=0.5",
        VisionTokens = 10,
        Counts = [10, 10, 5, 5],
        Floor = 1,
    };

    // The digests were computed by another program from the documented bytes; a change of the layout needs a new version.
    [Fact]
    public void Digest_Golden_FollowsFromTheDocumentedBytes()
    {
        var other = new KeepPlan
        {
            Model = "modèle",
            ModelRevision = "*",
            Schedule = "full",
            VisionTokens = 0,
            Counts = [0, 0],
            Floor = 0,
            Scorer = TokenScorer.Last,
            Positions = PositionMode.Renumber,
        };

        Assert.Equal("6136028ee42ba39d5e64774825b72ba91e0ba7ab1f4eefd02f2e80b901dcb6c2", Plan.Digest.Hex);
        Assert.Equal("858717329b8a0613364c2fca89b36e6cdaa11d4c7f89934ec1c46819343c304d", other.Digest.Hex);
    }

    [Fact]
    public void CanonicalBytes_Golden_StartWithTagAndVersion() =>
        Assert.Equal("0A000000666F7665612E706C616E0100000004000000", Convert.ToHexString(Plan.CanonicalBytes().AsSpan(0, 22)));

    [Fact]
    public void Digest_OtherContent_Differs()
    {
        KeepPlan[] plans =
        [
            Plan,
            Plan with { Model = "demo2" },
            Plan with { ModelRevision = "r2" },
            Plan with { Schedule = "full" },
            Plan with { VisionTokens = 11 },
            Plan with { Counts = [10, 10, 5, 4] },
            Plan with { Counts = [10, 10, 5, 5, 5] },
            Plan with { Floor = 0 },
            Plan with { Scorer = TokenScorer.Last },
            Plan with { Positions = PositionMode.Renumber },
        ];

        Assert.Equal(plans.Length, plans.Select(plan => plan.Digest).Distinct().Count());
        Assert.Equal(plans.Length, plans.Distinct().Count());
    }

    [Fact]
    public void Digest_CopyAfterReading_IsThatOfTheCopy()
    {
        _ = Plan.Digest;

        Assert.Equal((Plan with { Floor = 0 }).Digest, (Plan with { Floor = 1 } with { Floor = 0 }).Digest);
        Assert.NotEqual(Plan.Digest, (Plan with { Floor = 0 }).Digest);
        Assert.Equal(Plan.Digest, (Plan with { Floor = 0 } with { Floor = 1 }).Digest);
    }

    [Fact]
    public void Digest_OrderOfConstruction_DoesNotMatter() =>
        Generators.Check(Generators.Rates.And(Generators.Tokens).And(Gen.Choose(0, 3)), input =>
        {
            var ((rates, visionTokens), kind) = input;
            var counts = Fovea.Planning.Schedules.KeepCounts.From(rates, visionTokens, 1);
            var (scorer, positions) = ((TokenScorer)(kind & 1), (PositionMode)(kind >> 1));

            var atOnce = Plan with { VisionTokens = visionTokens, Counts = counts, Scorer = scorer, Positions = positions };
            var inSteps = Plan with { Positions = positions } with { Scorer = scorer } with { Counts = [.. counts.ToArray()] } with { VisionTokens = visionTokens };

            Assert.Equal(atOnce, inSteps);
            Assert.Equal(atOnce.CanonicalBytes(), inSteps.CanonicalBytes());
            Assert.Equal(atOnce.GetHashCode(), inSteps.GetHashCode());
        });

    [Fact]
    public void FirstDropLayer_Drop_IsTheFirstLayerThatSeesFewer()
    {
        Assert.Equal(2, Plan.FirstDropLayer);
        Assert.False(Plan.IsFull);
        Assert.Equal([false, false, true, false], Enumerable.Range(0, 4).Select(Plan.DropsBefore));
    }

    [Fact]
    public void Full_AnyModel_DropsNothing()
    {
        var plan = KeepPlan.Full("m", "r", 3, 7);

        Assert.True(plan.IsFull);
        Assert.Null(plan.FirstDropLayer);
        Assert.Equal(new[] { 7, 7, 7 }, plan.Counts);
        Assert.Empty(plan.Validate());
    }

    [Fact]
    public void FirstDropLayer_FewerThanNInLayerZero_IsZero() => Assert.Equal(0, (Plan with { VisionTokens = 20 }).FirstDropLayer);
}
