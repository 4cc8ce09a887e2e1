namespace Fovea.Torch.Tests;

public sealed class TensorStatisticsTests
{
    [Fact]
    public void Read_ThreeMadeTwoReleased_CountsAll()
    {
        TensorStatistics.ResetPeak();
        var before = TensorStatistics.Read();
        var tensors = Enumerable.Range(0, 3).Select(_ => torch.zeros([1])).ToArray();
        tensors[0].Dispose();
        tensors[1].Dispose();

        var after = TensorStatistics.Read();

        tensors[2].Dispose();
        Assert.Equal(before.Live + 1, after.Live);
        Assert.Equal(before.Created + 3, after.Created);
        Assert.Equal(before.Live + 3, after.Peak);
    }

    [Fact]
    public void Read_TensorDroppedWithoutDispose_FinalizerReleasesIt()
    {
        var before = TensorStatistics.Read().Live;
        Drop();

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(before, TensorStatistics.Read().Live);
    }

    [Fact]
    public void Read_FailingOperations_LeaveNothing()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.zeros([2, 2]);
        var before = TensorStatistics.Read().Live;

        for (var i = 0; i < 20; i++)
        {
            Assert.Throws<TorchException>(() => tensor.topk(9));
            Assert.Throws<TorchException>(() => tensor.split([1, 9]));
        }

        Assert.Equal(before, TensorStatistics.Read().Live);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Drop() => torch.zeros([1]);
}
