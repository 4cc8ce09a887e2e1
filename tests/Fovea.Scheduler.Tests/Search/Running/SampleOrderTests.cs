using Fovea.Scheduler.Search.Running;

namespace Fovea.Scheduler.Tests.Search.Running;

public sealed class SampleOrderTests
{
    [Fact]
    public void Next_AfterTrials_PutsThoseThatOnlyCandidatesFailFirst()
    {
        var order = new SampleOrder(6, 1);
        order.LearnFull([1, 0, 0, 0, 0, 0]);
        order.Learn([1, 0, 0, 0, 1, double.NaN]);
        order.Learn([1, 0, 1, 0, 1, 0]);

        Assert.Equal([4, 2], order.Next().Take(2));
        Assert.Equal(Enumerable.Range(0, 6), order.Next().Order());
    }

    [Fact]
    public void Next_SameSeed_IsTheSame()
    {
        Assert.Equal(new SampleOrder(50, 9).Next(), new SampleOrder(50, 9).Next());
        Assert.NotEqual(new SampleOrder(50, 9).Next(), new SampleOrder(50, 10).Next());
    }
}
