namespace Fovea.Torch.Tests;

public sealed class TensorIndexingTests
{
    [Fact]
    public void IndexSelect_RowsOutOfOrder_AreCopied()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.arange(6).view(3, 2);
        var index = torch.tensor([2L, 0]);

        Assert.Equal([4L, 5, 0, 1], tensor.index_select(0, index).ToArray<long>());
        var reused = torch.empty([2, 2], ScalarType.Int64);
        var address = reused.data_ptr();
        Assert.Same(reused, torch.index_select_out(reused, tensor, 0, index));
        Assert.Equal([4L, 5, 0, 1], reused.ToArray<long>());
        Assert.Equal(address, reused.data_ptr());
        Assert.Throws<TorchException>(() => tensor.index_select(0, torch.tensor([3L])));
    }

    [Fact]
    public void GatherScatter_AlongRows_AreInverse()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([10L, 11, 12, 20, 21, 22], [2, 3]);
        var index = torch.tensor([2L, 0, 1, 1, 2, 0], [2, 3]);

        var gathered = tensor.gather(1, index);

        Assert.Equal([12L, 10, 11, 21, 22, 20], gathered.ToArray<long>());
        Assert.Equal(tensor.ToArray<long>(), torch.zeros([2, 3], ScalarType.Int64).scatter_(1, index, gathered).ToArray<long>());
    }

    [Fact]
    public void IndexWrites_ByPlaces_ChangeOnlyThem()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.zeros([3, 2]);

        tensor.index_copy_(0, torch.tensor([2L, 0]), torch.tensor([1f, 2, 3, 4], [2, 2]));
        Assert.Equal([3f, 4, 0, 0, 1, 2], tensor.ToSingleArray());
        tensor.index_fill_(1, torch.tensor([1L]), -1);
        Assert.Equal([3f, -1, 0, -1, 1, -1], tensor.ToSingleArray());
        tensor.index_put_(torch.tensor([7f, 8]), torch.tensor([1L, 2]), torch.tensor([0L, 1]));
        Assert.Equal([3f, -1, 7, -1, 1, 8], tensor.ToSingleArray());
        tensor.index_put_(torch.tensor([0.5f]), null, torch.tensor([0L]));
        Assert.Equal([0.5f, -1, 0.5f, -1, 0.5f, 8], tensor.ToSingleArray());
        Assert.Equal([-1f, 8], tensor.index(torch.tensor([0L, 2]), torch.tensor([1L, 1])).ToSingleArray());
    }

    [Fact]
    public void Masks_SelectFillScatter_FollowTrueElements()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([1f, 2, 3, 4]);
        var mask = torch.tensor([true, false, false, true]);

        Assert.Equal([1f, 4], tensor.masked_select(mask).ToSingleArray());
        Assert.Equal([float.NegativeInfinity, 2, 3, float.NegativeInfinity], tensor.masked_fill(mask, double.NegativeInfinity).ToSingleArray());
        Assert.Equal([1f, 2, 3, 4], tensor.ToSingleArray());
        Assert.Equal([8f, 2, 3, 9], tensor.clone().masked_scatter_(mask, torch.tensor([8f, 9])).ToSingleArray());
        Assert.Equal([0f, 2, 3, 0], tensor.masked_fill_(mask, 0).ToSingleArray());
        Assert.Equal([1L, 2], tensor.nonzero().ToArray<long>());
        Assert.Equal([5f, 2, 3, 5], torch.where(mask, torch.scalar(5f), tensor).ToSingleArray());
    }
}
