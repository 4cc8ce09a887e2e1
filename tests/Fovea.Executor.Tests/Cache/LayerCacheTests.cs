using Fovea.Executor.Cache;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Cache;

/// <summary>Rows that come and go.</summary>
[Collection(nameof(TensorCollection))]
public sealed class LayerCacheTests
{
    [Fact]
    public void Truncate_ThenAppend_RowsFollowWhatWasKept()
    {
        using var scope = torch.NewDisposeScope();
        using var cache = new LayerCache(1, 4, 1, ScalarType.Float32, torch.CPU);
        Append(cache, 1, 2, 3);

        cache.Truncate(1);
        Append(cache, 9);

        Assert.Equal(2, cache.Length);
        Assert.Equal([1, 9], cache.Keys.ToSingleArray());
        Assert.Equal([1, 9], cache.Values.ToSingleArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Truncate_NoLengthOfThePast_IsRefused(int length)
    {
        using var scope = torch.NewDisposeScope();
        using var cache = new LayerCache(1, 4, 1, ScalarType.Float32, torch.CPU);
        Append(cache, 1, 2, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Truncate(length));
    }

    private static void Append(LayerCache cache, params float[] rows)
    {
        var tensor = torch.tensor<float>(rows, [1, rows.Length, 1]);
        cache.Append(tensor, tensor);
    }
}
