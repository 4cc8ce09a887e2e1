namespace Fovea.Torch.Tests;

/// <summary>The one-pass row kernels against plain arithmetic.</summary>
public sealed class FusedKernelTests
{
    private static readonly Random Numbers = new(7);

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(3, 2, 8)]
    [InlineData(37, 5, 34)]
    [InlineData(300, 14, 64)]
    public void Rope_SinglePrecision_IsTheHalfSplitRotation(int rows, int heads, int headDim)
    {
        using var scope = torch.NewDisposeScope();
        var (x, angles) = (Random(rows * heads * headDim), Random(rows * headDim / 2));
        var cos = angles.Select(MathF.Cos).ToArray();
        var sin = angles.Select(MathF.Sin).ToArray();

        var turned = Rope(x, cos, sin, (rows, heads, headDim), ScalarType.Float32);

        AssertClose(Expected(x, cos, sin, (rows, heads, headDim)), turned.ToSingleArray(), 1e-6);
    }

    [Fact]
    public void Rope_HalfPrecision_IsRoundedOnce()
    {
        using var scope = torch.NewDisposeScope();
        var (x, angles) = (Rounded(Random(64 * 3 * 32)), Random(64 * 16));
        var cos = Rounded([.. angles.Select(MathF.Cos)]);
        var sin = Rounded([.. angles.Select(MathF.Sin)]);

        var turned = Rope(x, cos, sin, (64, 3, 32), ScalarType.BFloat16);

        Assert.Equal(Rounded(Expected(x, cos, sin, (64, 3, 32))), turned.ToSingleArray());
    }

    [Fact]
    public void Rope_WrongAngles_NamesBothShapes()
    {
        using var scope = torch.NewDisposeScope();

        var error = Assert.Throws<TorchException>(
            () => torch.nn.functional.rope(torch.ones([4, 2, 8]), torch.ones([3, 1, 4]), torch.ones([3, 1, 4])));

        Assert.Contains("[3, 1, 4]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 2, 8]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.BFloat16, 1e-2)]
    public void RmsNorm_RowsOfAnyWidth_DivideByTheirRootMeanSquare(ScalarType type, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var width in (int[])[1, 15, 16, 17, 896])
        {
            var (x, weight) = (Rounded(Random(5 * width)), Rounded(Random(width)));
            var normed = torch.nn.functional.rms_norm(Tensor(x, [5, width], type), Tensor(weight, [width], type), 1e-5);

            AssertClose(Norm(x, weight), normed.ToSingleArray(), tolerance);
        }
    }

    [Fact]
    public void RmsNorm_WeightOfOtherWidth_Fails()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Throws<TorchException>(() => torch.nn.functional.rms_norm(torch.ones([2, 8]), torch.ones([7]), 1e-5));
    }

    private static Tensor Rope(float[] x, float[] cos, float[] sin, (int Rows, int Heads, int Dim) shape, ScalarType type) =>
        torch.nn.functional.rope(
            Tensor(x, [shape.Rows, shape.Heads, shape.Dim], type),
            Tensor(cos, [shape.Rows, 1, shape.Dim / 2], type),
            Tensor(sin, [shape.Rows, 1, shape.Dim / 2], type),
            0.5);

    private static Tensor Tensor(float[] values, long[] shape, ScalarType type) => torch.tensor<float>(values, shape).to(type);

    private static float[] Expected(float[] x, float[] cos, float[] sin, (int Rows, int Heads, int Dim) shape)
    {
        var half = shape.Dim / 2;
        var turned = new float[x.Length];
        for (var i = 0; i < shape.Rows * shape.Heads * half; i++)
        {
            var (vector, pair) = (i / half, i % half);
            var angle = (vector / shape.Heads * half) + pair;
            var first = (vector * shape.Dim) + pair;
            turned[first] = ((x[first] * cos[angle]) - (x[first + half] * sin[angle])) * 0.5f;
            turned[first + half] = ((x[first + half] * cos[angle]) + (x[first] * sin[angle])) * 0.5f;
        }

        return turned;
    }

    private static float[] Norm(float[] x, float[] weight)
    {
        var normed = new float[x.Length];
        for (var row = 0; row < x.Length; row += weight.Length)
        {
            var mean = x.AsSpan(row, weight.Length).ToArray().Average(value => (double)value * value);
            for (var i = 0; i < weight.Length; i++)
            {
                normed[row + i] = (float)(x[row + i] / Math.Sqrt(mean + 1e-5) * weight[i]);
            }
        }

        return normed;
    }

    private static float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => (Numbers.NextSingle() * 4) - 2)];

    private static float[] Rounded(float[] values)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor<float>(values, [values.Length]).to(ScalarType.BFloat16).ToSingleArray();
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])), $"[{i}]: {expected[i]} and {actual[i]}");
        }
    }
}
