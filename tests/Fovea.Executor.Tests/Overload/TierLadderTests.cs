using Fovea.Executor.Overload;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Executor.Tests.Overload;

public sealed class TierLadderTests
{
    private const double Recover = 0.75;

    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(5);

    private readonly TierLadder _ladder = new(Thresholds((4, 0), (8, 0), (16, 0)));

    [Fact]
    public void Observe_LoadJumps_ClimbsSeveralTiersAtOnce()
    {
        Observe(16, 0);

        Assert.Equal(3, _ladder.Tier);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    public void Observe_Threshold_IsReachedByItsValue(int waiting, int tier)
    {
        Observe(waiting, 0);

        Assert.Equal(tier, _ladder.Tier);
    }

    [Fact]
    public void Observe_CalmForTheHold_LeavesOneTierAtATime()
    {
        Observe(16, 0);
        Observe(0, 1);

        Assert.Equal([3, 3, 2, 2, 1, 1, 0, 0], At(1, 5.9, 6, 10.9, 11, 15.9, 16, 100));
    }

    [Fact]
    public void Observe_BetweenRecoverShareAndThreshold_StaysForEver()
    {
        Observe(8, 0);
        Observe(6, 1);

        Observe(6, 1000);

        Assert.Equal(2, _ladder.Tier);
    }

    [Fact]
    public void Observe_LoadRisesDuringTheHold_BeginsItAnew()
    {
        Observe(8, 0);
        Observe(0, 1);
        Observe(6, 5);
        Observe(0, 5.5);

        Assert.Equal([2, 2, 1], At(6, 10.4, 10.5));
    }

    [Fact]
    public void Observe_NothingHappensForLong_CountsTheWholeTime()
    {
        Observe(16, 0);
        Observe(1, 1);

        Observe(16, 12);

        Assert.Equal(3, _ladder.Tier);
        Observe(0, 13);
        Observe(0, 100);
        Assert.Equal(0, _ladder.Tier);
    }

    [Fact]
    public void Observe_KvShareAlone_ClimbsAndHoldsTheTier()
    {
        var ladder = new TierLadder(Thresholds((4, 0.5), (0, 0.9)));

        ladder.Observe(new OverloadLoad(0, 0.9), TimeSpan.Zero);
        ladder.Observe(new OverloadLoad(0, 0.5), TimeSpan.FromSeconds(1));
        ladder.Observe(new OverloadLoad(0, 0.5), TimeSpan.FromSeconds(100));

        // Below 0.9 x 0.75 for tier 2, not below 0.5 x 0.75 for tier 1.
        Assert.Equal(1, ladder.Tier);
    }

    [Fact]
    public void Press_RefusalsBelowEveryThreshold_ClimbOneTierEachAndHold()
    {
        Observe(2, 0);

        _ladder.Press(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _ladder.Tier);
        for (var refusal = 0; refusal < 5; refusal++)
        {
            _ladder.Press(TimeSpan.FromSeconds(2));
        }

        Assert.Equal([3, 2, 2, 1, 0], At(6.9, 7, 11.9, 12, 17));
    }

    [Fact]
    public void Replace_ShorterLadder_KeepsItsLastTier()
    {
        Observe(16, 0);

        _ladder.Replace(Thresholds((100, 0)), TimeSpan.FromSeconds(1));

        Assert.Equal(1, _ladder.Tier);
        Assert.Equal([1, 0], At(5.9, 6));
    }

    [Fact]
    public void Replace_LowerThresholds_ClimbsAtOnce()
    {
        Observe(3, 0);

        _ladder.Replace(Thresholds((1, 0), (2, 0)), TimeSpan.FromSeconds(1));

        Assert.Equal(2, _ladder.Tier);
    }

    [Fact]
    public void Observe_RandomTraces_NeverStepDownTwiceWithinAHoldAndNeverBelowWhatLoadCallsFor()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var thresholds = Thresholds((4, 0.4), (8, 0), (12, 0.9));
            var ladder = new TierLadder(thresholds);
            var gap = TimeSpan.FromMilliseconds(2500);
            var (now, tier, lastMove) = (TimeSpan.Zero, 0, -Hold);
            for (var step = 0; step < 200; step++)
            {
                now += gap * random.NextDouble();
                var load = new OverloadLoad(random.Next(0, 15), random.NextDouble() * random.Next(0, 2));

                ladder.Observe(load, now);

                if (ladder.Tier < tier)
                {
                    Assert.Equal(tier - 1, ladder.Tier);
                    // A step is seen at the next observation, at most one gap after it was made.
                    Assert.True(now - lastMove >= Hold - gap, $"seed {seed}, step {step}");
                }

                lastMove = ladder.Tier == tier ? lastMove : now;

                Assert.InRange(ladder.Tier, Called(thresholds, load), thresholds.Tiers.Length);
                tier = ladder.Tier;
            }

            ladder.Observe(default, now);
            ladder.Observe(default, now + (3 * Hold));
            Assert.Equal(0, ladder.Tier);
        }
    }

    private static int Called(OverloadLadder ladder, OverloadLoad load) => Enumerable.Range(1, ladder.Tiers.Length)
        .Where(tier => (ladder.Tiers[tier - 1].Waiting > 0 && load.Waiting >= ladder.Tiers[tier - 1].Waiting)
            || (ladder.Tiers[tier - 1].KvShare > 0 && load.KvShare >= ladder.Tiers[tier - 1].KvShare))
        .DefaultIfEmpty(0)
        .Max();

    private static OverloadLadder Thresholds(params (int Waiting, double KvShare)[] tiers) => new()
    {
        Tiers = [.. tiers.Select(tier => new OverloadTier(tier.Waiting, tier.KvShare, new Budget(BudgetKind.MeanKeep, 0.5)))],
        RecoverShare = Recover,
        HoldMilliseconds = (long)Hold.TotalMilliseconds,
    };

    private void Observe(int waiting, double seconds) => _ladder.Observe(new OverloadLoad(waiting, 0), TimeSpan.FromSeconds(seconds));

    private int[] At(params double[] seconds) => [.. seconds.Select(second =>
    {
        Observe(0, second);
        return _ladder.Tier;
    })];
}
