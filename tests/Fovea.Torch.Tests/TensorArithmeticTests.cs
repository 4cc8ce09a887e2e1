namespace Fovea.Torch.Tests;

public sealed class TensorArithmeticTests
{
    private static readonly float[] Left = Numbers.Normal(12, seed: 1);
    private static readonly float[] Right = Numbers.Positive(12, seed: 2);

    public static TheoryData<string, Func<Tensor, Tensor, Tensor>, Func<double, double, double>> Binary => new()
    {
        { "add", (a, b) => a.add(b), (a, b) => a + b },
        { "sub", (a, b) => a.sub(b), (a, b) => a - b },
        { "mul", (a, b) => a.mul(b), (a, b) => a * b },
        { "div", (a, b) => a.div(b), (a, b) => a / b },
        { "add alpha", (a, b) => a.add(b, -2.5), (a, b) => a - (2.5 * b) },
        { "add_ alpha", (a, b) => a.clone().add_(b, 0.5), (a, b) => a + (0.5 * b) },
        { "add_", (a, b) => a.clone().add_(b), (a, b) => a + b },
        { "sub_", (a, b) => a.clone().sub_(b), (a, b) => a - b },
        { "mul_", (a, b) => a.clone().mul_(b), (a, b) => a * b },
        { "div_", (a, b) => a.clone().div_(b), (a, b) => a / b },
        { "+", (a, b) => a + b, (a, b) => a + b },
        { "-", (a, b) => a - b, (a, b) => a - b },
        { "*", (a, b) => a * b, (a, b) => a * b },
        { "/", (a, b) => a / b, (a, b) => a / b },
        { "maximum", torch.maximum, Math.Max },
        { "minimum", torch.minimum, Math.Min },
        { "pow", (a, b) => b.pow(a), (a, b) => Math.Pow(b, a) },
    };

    public static TheoryData<string, Func<Tensor, Tensor>, Func<double, double>> Scalar => new()
    {
        { "add", a => a.add(1.5), a => a + 1.5 },
        { "add long", a => a.add(2), a => a + 2 },
        { "sub", a => a.sub(1.5), a => a - 1.5 },
        { "sub long", a => a.sub(2), a => a - 2 },
        { "mul", a => a.mul(1.5), a => a * 1.5 },
        { "mul long", a => a.mul(3), a => a * 3 },
        { "div", a => a.div(1.5), a => a / 1.5 },
        { "div long", a => a.div(4), a => a / 4 },
        { "add_", a => a.clone().add_(1.5), a => a + 1.5 },
        { "sub_", a => a.clone().sub_(1.5), a => a - 1.5 },
        { "mul_", a => a.clone().mul_(1.5), a => a * 1.5 },
        { "div_", a => a.clone().div_(1.5), a => a / 1.5 },
        { "add_ long", a => a.clone().add_(2), a => a + 2 },
        { "sub_ long", a => a.clone().sub_(2), a => a - 2 },
        { "mul_ long", a => a.clone().mul_(2), a => a * 2 },
        { "div_ long", a => a.clone().div_(2), a => a / 2 },
        { "operators", a => (2.0 * a) + 1, a => (2 * a) + 1 },
        { "pow", a => a.abs().pow(1.5), a => Math.Pow(Math.Abs(a), 1.5) },
        { "pow long", a => a.pow(3), a => a * a * a },
        { "remainder", a => a.remainder(0.75), a => a - (0.75 * Math.Floor(a / 0.75)) },
    };

    [Theory]
    [MemberData(nameof(Binary))]
    public void Binary_Float32_EqualsPlainArithmetic(string name, Func<Tensor, Tensor, Tensor> operation, Func<double, double, double> plain)
    {
        using var scope = new TensorTestScope();

        var result = operation(torch.tensor(Left, [3, 4]), torch.tensor(Right, [3, 4]));

        Assert.Equal([3, 4], result.shape.ToArray());
        Numbers.Near(Left.Zip(Right, (a, b) => plain(a, b)), result, 2e-5);
        Assert.NotEmpty(name);
    }

    [Theory]
    [MemberData(nameof(Scalar))]
    public void Scalar_Float32_EqualsPlainArithmetic(string name, Func<Tensor, Tensor> operation, Func<double, double> plain)
    {
        using var scope = new TensorTestScope();

        var result = operation(torch.tensor(Left));

        Assert.Equal(ScalarType.Float32, result.dtype);
        Numbers.Near(Left.Select(value => plain(value)), result, 2e-5);
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Scalar_WholeNumberOnIndices_StaysInteger()
    {
        using var scope = new TensorTestScope();
        var indices = torch.tensor([9_007_199_254_740_993L, -7]);

        Assert.Equal([9_007_199_254_740_994L, -6], indices.add(1).ToArray<long>());
        Assert.Equal([9_007_199_254_740_990L, -10], (indices - 3).ToArray<long>());
        Assert.Equal(ScalarType.Int64, indices.mul(2).dtype);
        Assert.Equal([3_002_399_751_580_331L, -3], indices.floor_divide(3).ToArray<long>());
        Assert.Equal([0L, 2], indices.remainder(3).ToArray<long>());
    }

    [Fact]
    public void Scalar_FractionOnIndices_Promotes()
    {
        using var scope = new TensorTestScope();

        var result = torch.tensor([1L, 2]).mul(0.5);

        Assert.Equal(ScalarType.Float32, result.dtype);
        Assert.Equal([0.5f, 1f], result.ToSingleArray());
    }

    [Fact]
    public void Add_BFloat16_RoundsToEightBits()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([1f, 256f, 3.14159f], dtype: ScalarType.BFloat16);

        Assert.Equal(ScalarType.BFloat16, tensor.dtype);
        Assert.Equal([1f, 256f, 3.140625f], tensor.ToSingleArray());
        Assert.Equal([2f, 256f, 4.125f], tensor.add(1.0).ToSingleArray());
    }

    [Fact]
    public void Add_BroadcastColumnAndRow_FillsMatrix()
    {
        using var scope = new TensorTestScope();

        var result = torch.tensor([0f, 10f], [2, 1]) + torch.tensor([1f, 2f, 3f], [1, 3]);

        Assert.Equal([1f, 2f, 3f, 11f, 12f, 13f], result.ToSingleArray());
    }
}
