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
            Plan with { Scorer = TokenScorer.NextLast },
            Plan with { Scorer = TokenScorer.Raters },
            Plan with { Scorer = TokenScorer.Random },
            Plan with { Scorer = TokenScorer.Random, Seed = 1 },
            Plan with { Scorer = TokenScorer.Random, Seed = 1UL << 63 },
            Plan with { Pool = 2 },
        ];

        Assert.Equal(plans.Length, plans.Select(plan => plan.Digest).Distinct().Count());
        Assert.Equal(plans.Length, plans.Distinct().Count());
    }

    // Computed by another program: version 2 appends the seed in 8 bytes and the pool in 4.
    [Fact]
    public void Digest_SeedOrPool_FollowsFromTheBytesOfVersion2()
    {
        var seeded = Plan with { Scorer = TokenScorer.Random, Seed = 0x0123456789abcdef };
        var pooled = Plan with { Counts = [3, 3, 3, 3], Pool = 2 };

        Assert.Equal("7cf0c7f5d401b77bcc6ae0f743497b45bf37b06dbfac2653d3ad761875ceac7c", seeded.Digest.Hex);
        Assert.Equal("cd43c7aa1705b46abab43adc0ea96d2c53603c1261453bd26a584e5957df1c62", pooled.Digest.Hex);
    }

    [Fact]
    public void DropsBefore_PooledPlan_DoesNotCountTheAveraging()
    {
        var pooled = Plan with { Counts = [3, 3, 2, 2], Pool = 2 };

        Assert.Equal((false, false, true, 2, false), (pooled.DropsBefore(0), pooled.DropsBefore(1), pooled.DropsBefore(2), pooled.FirstDropLayer, pooled.IsFull));
        Assert.False((Plan with { Counts = [3, 3], Pool = 2 }).IsFull);
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
