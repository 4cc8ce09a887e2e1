namespace Fovea.Torch.Tests;

public sealed class TensorReductionsTests
{
    private static readonly float[] Values = Numbers.Normal(24, seed: 4);

    [Fact]
    public void SumMeanVar_RowsAndWhole_EqualPlainArithmetic()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor(Values, [4, 6]);
        var rows = Values.Chunk(6).Select(row => row.Select(value => (double)value).ToArray()).ToArray();

        Numbers.Near(rows.Select(row => row.Sum()), tensor.sum(1), 1e-5);
        Numbers.Near([Values.Sum(value => (double)value)], tensor.sum(), 1e-5);
        Numbers.Near(rows.Select(row => row.Average()), tensor.mean(-1), 1e-5);
        Numbers.Near([Values.Average()], tensor.mean(), 1e-5);
        Numbers.Near(rows.Select(row => row.Sum(value => Math.Pow(value - row.Average(), 2)) / 5), tensor.var(1), 1e-5);
        Numbers.Near(rows.Select(row => row.Sum(value => Math.Pow(value - row.Average(), 2)) / 6), tensor.var(1, unbiased: false), 1e-5);
        Assert.Equal([4, 1], tensor.sum(1, keepdim: true).shape.ToArray());
        Assert.Equal([1, 1], tensor.mean([0, 1], keepdim: true).shape.ToArray());
    }

    [Fact]
    public void Sum_BFloat16IntoFloat32_KeepsSmallAddends()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.full([1000], 1.0, ScalarType.BFloat16);

        Assert.Equal(1000f, tensor.sum(0, type: ScalarType.Float32).ToSingle());
        Assert.Equal(3L, torch.tensor([true, true, false, true]).sum().ToInt64());
    }

    [Fact]
    public void Softmax_LargeInputs_AddUpToOneWithoutOverflow()
    {
        using var scope = new TensorTestScope();
        float[] row = [1000f, 1001f, 999f];
        var expected = new[] { 0.24472847, 0.66524096, 0.09003057 };

        Numbers.Near(expected, torch.tensor(row).softmax(0), 1e-6);
        Numbers.Near(expected.Select(value => Math.Log(value)), torch.tensor(row).log_softmax(-1), 1e-5);
        Numbers.Near([1000 + Math.Log(Math.Exp(0) + Math.E + Math.Exp(-1))], torch.tensor(row).logsumexp(0), 1e-3);
        Assert.Equal(ScalarType.Float32, torch.tensor(row, dtype: ScalarType.BFloat16).softmax(0, ScalarType.Float32).dtype);
    }

    [Fact]
    public void MaxMin_AlongRows_GiveValuesAndPlaces()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([3f, 9, 1, 7, 2, 8], [2, 3]);

        var (largest, largestAt) = tensor.max(1);
        var (smallest, smallestAt) = tensor.min(0);

        Assert.Equal([9f, 8], largest.ToSingleArray());
        Assert.Equal([1L, 2], largestAt.ToArray<long>());
        Assert.Equal([3f, 2, 1], smallest.ToSingleArray());
        Assert.Equal([0L, 1, 0], smallestAt.ToArray<long>());
        Assert.Equal((9f, 1f), (tensor.max().ToSingle(), tensor.min().ToSingle()));
        Assert.Equal([9f, 8], tensor.amax(1).ToSingleArray());
        Assert.Equal([1L, 2], tensor.argmax(1).ToArray<long>());
        Assert.Equal([2L, 1], tensor.argmin().ToArray<long>());
    }

    [Fact]
    public void Topk_TwoOfFive_AreSortedByValue()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([0.1f, 0.9f, 0.5f, 0.7f, 0.3f]);

        var (values, indexes) = tensor.topk(2);
        var (_, smallest) = tensor.topk(2, largest: false);

        Assert.Equal([0.9f, 0.7f], values.ToSingleArray());
        Assert.Equal([1L, 3], indexes.ToArray<long>());
        Assert.Equal([0L, 4], smallest.ToArray<long>());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Sort_ManyTies_KeepTheirOrderBothWays(ScalarType type)
    {
        using var scope = new TensorTestScope();
        var keys = Enumerable.Range(0, 2000).Select(i => (float)((i * 7919) % 5)).ToArray();
        var tensor = torch.tensor(keys, dtype: type);
        var ascending = Enumerable.Range(0, keys.Length).OrderBy(i => keys[i]).Select(i => (long)i).ToArray();
        var descending = Enumerable.Range(0, keys.Length).OrderByDescending(i => keys[i]).Select(i => (long)i).ToArray();

        Assert.Equal(ascending, tensor.argsort().ToArray<long>());
        Assert.Equal(descending, tensor.argsort(descending: true).ToArray<long>());
        var (values, indexes) = tensor.sort(descending: true);
        Assert.Equal(descending, indexes.ToArray<long>());
        Assert.Equal(keys.OrderDescending(), values.ToSingleArray());
    }

    [Fact]
    public void Cumsum_Indices_RunAlong()
    {
        using var scope = new TensorTestScope();

        Assert.Equal([1L, 3, 6, 4, 9, 15], torch.tensor([1L, 2, 3, 4, 5, 6], [2, 3]).cumsum(1).ToArray<long>());
    }
}
