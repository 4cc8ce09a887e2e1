namespace Fovea.Torch.Tests;

public sealed class TensorComparisonsTests
{
    public static TheoryData<string, Func<Tensor, Tensor, Tensor>, Func<Tensor, Tensor>, Func<Tensor, Tensor>, bool[]> Comparisons => new()
    {
        { "eq", (a, b) => a.eq(b), a => a.eq(2), a => a.eq(2.0), [false, true, false] },
        { "ne", (a, b) => a.ne(b), a => a.ne(2), a => a.ne(2.0), [true, false, true] },
        { "lt", (a, b) => a.lt(b), a => a.lt(2), a => a.lt(2.0), [true, false, false] },
        { "le", (a, b) => a.le(b), a => a.le(2), a => a.le(2.0), [true, true, false] },
        { "gt", (a, b) => a.gt(b), a => a.gt(2), a => a.gt(2.0), [false, false, true] },
        { "ge", (a, b) => a.ge(b), a => a.ge(2), a => a.ge(2.0), [false, true, true] },
    };

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void Comparison_OneTwoThreeAgainstTwo_IsTrueWhereItHolds(
        string name, Func<Tensor, Tensor, Tensor> tensors, Func<Tensor, Tensor> whole, Func<Tensor, Tensor> number, bool[] expected)
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor([1L, 2, 3]);

        Assert.Equal(expected, tensors(left, torch.tensor([2L])).ToArray<bool>());
        Assert.Equal(expected, whole(left).ToArray<bool>());
        Assert.Equal(expected, number(left.to(ScalarType.Float32)).ToArray<bool>());
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Logic_TruthTable_IsComplete()
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor([false, false, true, true]);
        var right = torch.tensor([false, true, false, true]);

        Assert.Equal([false, false, false, true], left.logical_and(right).ToArray<bool>());
        Assert.Equal([false, true, true, true], left.logical_or(right).ToArray<bool>());
        Assert.Equal([true, true, false, false], left.logical_not().ToArray<bool>());
    }

    [Fact]
    public void AnyAll_RowsAndWhole_Agree()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([false, true, true, true, false, false], [3, 2]);

        Assert.Equal([true, true, false], tensor.any(1).ToArray<bool>());
        Assert.Equal([false, true, false], tensor.all(1).ToArray<bool>());
        Assert.True(tensor.any().item<bool>());
        Assert.False(tensor.all().item<bool>());
    }

    [Fact]
    public void Allclose_DifferenceAroundTolerance_IsJudged()
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor([1f, 2f]);

        Assert.True(torch.allclose(left, left.add(1e-4), rtol: 0, atol: 2e-4));
        Assert.False(torch.allclose(left, left.add(1e-3), rtol: 0, atol: 2e-4));
        Assert.True(left.equal(left.clone()));
        Assert.False(left.equal(left.add(1e-3)));
    }
}
