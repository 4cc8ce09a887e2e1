using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Schedules;

public sealed class PoolSpecTests
{
    [Theory]
    [InlineData(576, 2, 144)]
    [InlineData(25, 2, 9)]
    [InlineData(49, 3, 9)]
    [InlineData(1, 2, 1)]
    [InlineData(16, 9, 1)]
    public void Resolve_Square_LeavesOneTokenForEachSquare(int tokens, int size, int pooled)
    {
        var resolved = new PoolSpec(size).Resolve(Samples.Context(Samples.Small, tokens, 20)).Require();

        Assert.Equal((size, pooled), (resolved.Pool, resolved.PooledTokens));
        Assert.All(resolved.Counts(tokens, 0), count => Assert.Equal(pooled, count));
    }

    [Fact]
    public void Resolve_SeveralImages_PoolsEachByItself()
    {
        var context = Samples.Context(Samples.Small, 16 + 25, 20) with { ImageTokens = [16, 25] };

        Assert.Equal(4 + 9, new PoolSpec(2).Resolve(context).Require().PooledTokens);
    }

    [Fact]
    public void Resolve_ImagesThatAreNoSquares_NamesEach()
    {
        var context = Samples.Context(Samples.Small, 62, 20) with { ImageTokens = [16, 20, 26] };
        var faults = new PoolSpec(2).Resolve(context).Faults;

        Assert.Equal(["imageTokens[1]", "imageTokens[2]"], faults.Select(fault => fault.Field));
        Assert.All(faults, fault => Assert.Equal(PlanFaultKind.FailedPrecondition, fault.Kind));
        Assert.Equal("20 vision tokens of image 1 are no square, which pool:size=2 needs", faults[0].Message);
    }

    [Fact]
    public void Resolve_InAPlan_KeepsTheRequestsTokensAndIsValid()
    {
        var request = Samples.Request() with { ImageTokens = [64, 25], Override = new PlanOverride.Spec(new PoolSpec(2)) };
        var plan = new PlanResolver().Resolve(null, Samples.SmallProfile, request).Plan!;

        Assert.Equal((89, 25, 2, "pool:size=2"), (plan.VisionTokens, plan.Counts[0], plan.Pool, plan.Schedule));
        Assert.All(plan.Counts, count => Assert.Equal(25, count));
        Assert.Empty(plan.Validate());
    }
}
