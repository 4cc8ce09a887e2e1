namespace Fovea.Torch.Tests;

public sealed class TensorShapesTests
{
    [Fact]
    public void Facts_MadeTensor_AreTold()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.zeros([2, 3, 4], ScalarType.BFloat16);

        Assert.Equal(3, tensor.ndim);
        Assert.Equal(24, tensor.numel);
        Assert.Equal(48, tensor.nbytes);
        Assert.Equal([12L, 4, 1], tensor.strides);
        Assert.Equal(4, tensor.size(-1));
        Assert.Equal("Tensor BFloat16 cpu [2, 3, 4]", tensor.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.size(3));
    }

    [Fact]
    public void Transpose_ThenView_NeedsContiguous()
    {
        using var scope = new TensorTestScope();
        var turned = torch.arange(6).view(2, 3).transpose(0, 1);

        Assert.False(turned.is_contiguous());
        Assert.Throws<TorchException>(() => turned.view(6));
        Assert.Equal([0L, 3, 1, 4, 2, 5], turned.contiguous().view(6).ToArray<long>());
        Assert.Equal([0L, 3, 1, 4, 2, 5], turned.reshape(-1).ToArray<long>());
        Assert.Equal([0L, 3, 1, 4, 2, 5], turned.ToArray<long>());
        Assert.True(turned.t().is_contiguous());
    }

    [Fact]
    public void Permute_ThreeDimensions_MovesElements()
    {
        using var scope = new TensorTestScope();

        var result = torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1);

        Assert.Equal([4, 2, 3], result.shape.ToArray());
        Assert.Equal((1 * 12) + (2 * 4) + 3, result.select(0, 3).select(0, 1).select(0, 2).ToInt64());
    }

    [Fact]
    public void View_Written_ChangesTheOriginal()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.zeros([2, 4]);

        tensor.narrow(1, 1, 2).fill_(5.0);
        tensor.select(0, 1).slice(0, 0, 4, 3).fill_(7);

        Assert.Equal([0f, 5, 5, 0, 7, 5, 5, 7], tensor.ToSingleArray());
    }

    [Fact]
    public void Unsqueeze_SqueezeExpandFlatten_ChangeOnlyShape()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.arange(3);

        Assert.Equal([1, 3, 1], tensor.unsqueeze(0).unsqueeze(-1).shape.ToArray());
        Assert.Equal([3], tensor.unsqueeze(0).squeeze(0).shape.ToArray());
        Assert.Equal([3], tensor.view(1, 3, 1).squeeze().shape.ToArray());
        Assert.Equal([0L, 1, 2, 0, 1, 2], tensor.unsqueeze(0).expand(2, -1).ToArray<long>());
        Assert.Equal([2, 12], torch.zeros([2, 3, 4]).flatten(1).shape.ToArray());
    }

    [Fact]
    public void Split_UnevenAndNamedSizes_AreViewsInOrder()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.arange(7);

        Assert.Equal([3L, 3, 1], tensor.split(3).Select(piece => piece.size(0)));
        Assert.Equal([[0L, 1], [2], [3, 4, 5, 6]], tensor.split([2, 1, 4]).Select(piece => piece.ToArray<long>()));
        Assert.Equal([3L, 3, 1], tensor.chunk(3).Select(piece => piece.size(0)));
        Assert.Equal([2L, 2, 2], torch.zeros([6, 1]).chunk(3).Select(piece => piece.size(0)));
        Assert.Equal([4L, 4], torch.zeros([2, 8]).split(4, dim: 1).Select(piece => piece.size(1)));
    }

    [Fact]
    public void CatStack_TwoRows_JoinAlongOldOrNewDimension()
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor([1L, 2]);
        var right = torch.tensor([3L, 4]);

        Assert.Equal([1L, 2, 3, 4], torch.cat([left, right]).ToArray<long>());
        Assert.Equal([1L, 3, 2, 4], torch.stack([left, right], dim: 1).ToArray<long>());
    }

    [Fact]
    public void Repeats_TileAndInterleave_Differ()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([1L, 2]);

        Assert.Equal([1L, 2, 1, 2], tensor.repeat(2).ToArray<long>());
        Assert.Equal([1L, 1, 2, 2], tensor.repeat_interleave(2, 0).ToArray<long>());
        Assert.Equal([1L, 2, 2, 2], tensor.repeat_interleave(torch.tensor([1L, 3]), 0).ToArray<long>());
        Assert.Equal([2L, 1], tensor.flip(0).ToArray<long>());
    }

    [Fact]
    public void Triangles_AroundDiagonal_ZeroTheRest()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.ones([3, 3], ScalarType.Int64);

        Assert.Equal([0L, 1, 1, 0, 0, 1, 0, 0, 0], tensor.triu(1).ToArray<long>());
        Assert.Equal([1L, 0, 0, 1, 1, 0, 1, 1, 1], tensor.tril().ToArray<long>());
    }
}
