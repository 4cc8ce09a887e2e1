using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Policies;

public sealed class BudgetCacheTests
{
    private static readonly SigmoidBudgetSpec Mean = new(new(BudgetKind.MeanKeep, 0.4));
    private static readonly SigmoidBudgetSpec Bytes = new(new(BudgetKind.KvBytes, 1e5));
    private static readonly ScheduleContext Context = Samples.Context(Samples.Small, 100, 20);

    [Fact]
    public void Resolve_Again_ReturnsTheSameObject()
    {
        var cache = new BudgetCache(16);

        Assert.Same(cache.Resolve(Mean, Context), cache.Resolve(Mean, Context));
    }

    [Fact]
    public void Resolve_OtherText_SharesAMeanBudgetButNoOther()
    {
        var cache = new BudgetCache(16);
        var longer = Context with { TextTokens = 30 };

        Assert.Same(cache.Resolve(Mean, Context), cache.Resolve(Mean, longer));
        Assert.NotEqual(cache.Resolve(Bytes, Context).Require(), cache.Resolve(Bytes, longer).Require());
    }

    [Fact]
    public void Resolve_OneSlotForManyRequests_IsNeverWrong()
    {
        var cache = new BudgetCache(1);

        for (var visionTokens = 1; visionTokens < 200; visionTokens++)
        {
            var context = Context with { VisionTokens = visionTokens % 7 * 30, Floor = visionTokens % 3 };
            Assert.Equal(Mean.Resolve(context).Require(), cache.Resolve(Mean, context).Require());
        }
    }

    [Fact]
    public void Resolve_OtherShape_IsSolvedAgain()
    {
        var cache = new BudgetCache(1);
        var deeper = Samples.Small with { Language = Samples.Small.Language with { Layers = 20 } };

        Assert.Equal(12, cache.Resolve(Mean, Context).Require().Rates.Count);
        Assert.Equal(20, cache.Resolve(Mean, Context with { Shape = deeper }).Require().Rates.Count);
    }

    [Fact]
    public void New_NotAPowerOfTwo_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new BudgetCache(12));
}
