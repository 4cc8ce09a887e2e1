using Fovea.Executor.Models.Qwen2Vl;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Models.Qwen2Vl;

public sealed class PatchOrderTests
{
    [Fact]
    public void Of_ThreeByThreeInWindowsOfTwo_IsTheWorkedExample()
    {
        var order = PatchOrder.Of(new PatchGrid(1, 3, 3), 2);

        Assert.Equal([0, 1, 3, 4, 2, 5, 6, 7, 8], order.Squares.AsEnumerable());
        Assert.Equal([4, 2, 2, 1], order.Windows.AsEnumerable());
        Assert.Equal([9], order.Frames.AsEnumerable());
    }

    [Fact]
    public void Of_NoWindow_KeepsTheOrderAndSeesWholeFrames()
    {
        var order = PatchOrder.Of(new PatchGrid(2, 2, 2), 0);

        Assert.Equal(Enumerable.Range(0, 8), order.Squares.AsEnumerable());
        Assert.Equal([4, 4], order.Windows.AsEnumerable());
    }

    [Theory]
    [InlineData(1, 5, 7, 2)]
    [InlineData(3, 4, 4, 2)]
    [InlineData(2, 1, 9, 4)]
    public void Places_AnyGrid_UndoTheOrder(int frames, int rows, int columns, int window)
    {
        var order = PatchOrder.Of(new PatchGrid(frames, rows, columns), window);

        Assert.Equal(order.Squares.Length, order.Windows.Sum());
        Assert.Equal(Enumerable.Range(0, frames * rows * columns), order.Places().Select(place => order.Squares[(int)place]));
    }
}
