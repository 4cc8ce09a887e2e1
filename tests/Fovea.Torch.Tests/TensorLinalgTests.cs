namespace Fovea.Torch.Tests;

public sealed class TensorLinalgTests
{
    private static readonly float[] Left = Numbers.Normal(5 * 7, seed: 5);
    private static readonly float[] Right = Numbers.Normal(7 * 3, seed: 6);

    [Fact]
    public void Products_Float32_EqualPlainArithmetic()
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor(Left, [5, 7]);
        var right = torch.tensor(Right, [7, 3]);
        var expected = Numbers.MatMul(Left, Right, 5, 7, 3);

        Numbers.Near(expected, left.matmul(right), 1e-5);
        Numbers.Near(expected, left.mm(right), 1e-5);
        Numbers.Near(expected, torch.einsum("ik,kj->ij", left, right), 1e-5);
        Numbers.Near(expected, torch.matmul_out(torch.empty([5, 3]), left, right), 1e-5);
        Numbers.Near(expected.Select(value => 3 + (0.5 * value)), torch.full([5, 3], 1.5).addmm(left, right, beta: 2, alpha: 0.5), 1e-5);
    }

    [Fact]
    public void Batches_OfMatrices_MultiplyOneByOne()
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor(Left, [1, 5, 7]).repeat(2, 1, 1);
        var right = torch.stack([torch.tensor(Right, [7, 3]), torch.tensor(Right, [7, 3]).neg()]);
        var once = Numbers.MatMul(Left, Right, 5, 7, 3);
        var expected = once.Concat(once.Select(value => -value)).ToArray();

        Numbers.Near(expected, left.bmm(right), 1e-5);
        Numbers.Near(expected, torch.bmm_out(torch.empty([2, 5, 3]), left, right), 1e-5);
        Numbers.Near(expected.Select(value => 0.25 * value), torch.empty([1]).baddbmm(left, right, beta: 0, alpha: 0.25), 1e-5);
    }

    [Fact]
    public void Baddbmm_BetaZero_IgnoresWhatItStartsFrom()
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor(Left, [1, 5, 7]);
        var right = torch.tensor(Right, [1, 7, 3]);

        var product = torch.full([1, 5, 3], double.NaN).baddbmm(left, right, beta: 0);

        Numbers.Near(Numbers.MatMul(Left, Right, 5, 7, 3), product, 1e-5);
    }

    [Fact]
    public void Matmul_BFloat16_IsNearPlainArithmetic()
    {
        using var scope = new TensorTestScope();

        var result = torch.tensor(Left, [5, 7], ScalarType.BFloat16).matmul(torch.tensor(Right, [7, 3], ScalarType.BFloat16));

        Assert.Equal(ScalarType.BFloat16, result.dtype);
        Numbers.Near(Numbers.MatMul(Left, Right, 5, 7, 3), result, 0.1);
    }

    [Fact]
    public void MatmulOut_OtherShape_IsSeenInShape()
    {
        using var scope = new TensorTestScope();
        var result = torch.empty([0]);
        Assert.Equal([0], result.shape.ToArray());

        torch.matmul_out(result, torch.ones([2, 3]), torch.ones([3, 4]));

        Assert.Equal([2, 4], result.shape.ToArray());
    }

    [Fact]
    public void Products_BFloat16_EqualExactOnes()
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor(Left, [5, 7], ScalarType.BFloat16);
        var right = torch.tensor(Right, [7, 3], ScalarType.BFloat16);
        var start = torch.zeros([5, 3], ScalarType.BFloat16);
        var exact = Numbers.MatMul(left.ToSingleArray(), right.ToSingleArray(), 5, 7, 3).Select(value => (float)value).ToArray();
        var expected = torch.tensor(exact, [5, 3], ScalarType.BFloat16);

        Tensor[] products =
        [
            left.matmul(right),
            left.mm(right),
            left.unsqueeze(0).bmm(right.unsqueeze(0)).squeeze(0),
            start.addmm(left, right),
            start.unsqueeze(0).baddbmm(left.unsqueeze(0), right.unsqueeze(0)).squeeze(0),
            torch.matmul_out(torch.empty([5, 3], ScalarType.BFloat16), left, right),
            torch.bmm_out(torch.empty([1, 5, 3], ScalarType.BFloat16), left.unsqueeze(0), right.unsqueeze(0)).squeeze(0),
            torch.nn.functional.linear(left, right.t()),
        ];

        Assert.All(products, product => Assert.Equal(ScalarType.BFloat16, product.dtype));
        // One rounding at the end; libtorch's own products, where a CPU is fast at them, round at every step when they are this small.
        var tolerance = torch.HasFastBFloat16OnCpu ? 1.0 / 16 : 1.0 / 128;
        Assert.All(products, product => Assert.True(product.allclose(expected, rtol: tolerance, atol: torch.HasFastBFloat16OnCpu ? 1.0 / 32 : 1e-6)));
    }

    [Fact]
    public void Matmul_BFloat16Large_EqualsFloat32Rounded()
    {
        using var scope = new TensorTestScope();
        var left = torch.randn([512, 896], ScalarType.BFloat16);
        var right = torch.randn([896, 1024], ScalarType.BFloat16);

        var result = left.matmul(right).to(ScalarType.Float32);

        var exact = left.to(ScalarType.Float32).matmul(right.to(ScalarType.Float32));
        Assert.True(result.allclose(exact, rtol: 1.0 / 128, atol: 1e-2));
    }
}
