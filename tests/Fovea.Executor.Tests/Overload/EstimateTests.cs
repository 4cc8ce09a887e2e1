using Fovea.Executor.Overload;

namespace Fovea.Executor.Tests.Overload;

public sealed class EstimateTests
{
    [Fact]
    public void Wait_NothingServed_IsUnknown()
    {
        var estimate = new ServiceEstimate();

        Assert.Null(estimate.Wait(3, 2));
        Assert.Null(estimate.Service);
    }

    [Fact]
    public void Wait_SomethingServed_GrowsWithThoseAheadAndFallsWithPlaces()
    {
        var estimate = new ServiceEstimate();
        estimate.Record(TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(4), estimate.Wait(0, 1));
        Assert.Equal(TimeSpan.FromSeconds(12), estimate.Wait(2, 1));
        Assert.Equal(TimeSpan.FromSeconds(3), estimate.Wait(2, 4));
    }

    [Fact]
    public void Service_TimesChange_FollowsWithinAFewRequests()
    {
        var estimate = new ServiceEstimate();
        estimate.Record(TimeSpan.FromSeconds(8));
        for (var request = 0; request < 40; request++)
        {
            estimate.Record(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(estimate.Service!.Value.TotalSeconds, 1, 1.1);
    }

    [Fact]
    public void Bound_EqualTimes_IsTheirMean()
    {
        var estimate = new ServiceEstimate();
        Assert.Null(estimate.Bound);
        estimate.Record(TimeSpan.FromSeconds(2));
        estimate.Record(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(2), estimate.Bound);
    }

    [Fact]
    public void Bound_ScatteredTimes_IsAboveNearlyAllOfThem()
    {
        var (estimate, random) = (new ServiceEstimate(), new Random(11));
        var (within, all) = (0, 2000);
        for (var request = 0; request < all; request++)
        {
            var service = TimeSpan.FromSeconds(1 + random.NextDouble());
            within += request < 50 || service <= estimate.Bound ? 1 : 0;
            estimate.Record(service);
        }

        Assert.InRange(within / (double)all, 0.93, 1);
    }

    [Fact]
    public void FlopsPerSecond_NothingDone_IsZero() => Assert.Equal(0, new CapacityEstimate().FlopsPerSecond);

    [Fact]
    public void FlopsPerSecond_SteadyWork_IsItsRate()
    {
        var capacity = new CapacityEstimate();
        for (var prefill = 1; prefill <= 1000; prefill++)
        {
            capacity.Record(5e9, TimeSpan.FromSeconds(prefill * 0.5));
        }

        Assert.Equal(1e10, capacity.FlopsPerSecond, 1e8);
    }

    [Fact]
    public void FlopsPerSecond_RateChanges_ForgetsTheOldOne()
    {
        var capacity = new CapacityEstimate();
        capacity.Record(1e12, TimeSpan.FromSeconds(1));
        for (var prefill = 1; prefill <= 400; prefill++)
        {
            capacity.Record(1e9, TimeSpan.FromSeconds(1 + prefill));
        }

        Assert.InRange(capacity.FlopsPerSecond, 0.99e9, 1.05e9);
    }
}
