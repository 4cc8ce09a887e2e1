using F = Fovea.Torch.torch.nn.functional;

namespace Fovea.Torch.Tests;

public sealed class FunctionalTests
{
    private static readonly float[] Input = Numbers.Normal(3 * 8, seed: 7);
    private static readonly float[] Weight = Numbers.Normal(8, seed: 8);

    public static TheoryData<string, Func<Tensor, Tensor>, Func<double, double>> Activations => new()
    {
        { "silu", F.silu, x => x / (1 + Math.Exp(-x)) },
        { "silu_", x => F.silu_(x.clone()), x => x / (1 + Math.Exp(-x)) },
        { "silu_mul_", x => F.silu_mul_(x.clone(), x.add(2.0)), x => x / (1 + Math.Exp(-x)) * (x + 2) },
        { "gelu tanh", x => F.gelu(x, GeluApproximation.Tanh), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) },
        { "gelu", x => F.gelu(x), x => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))) },
        { "quick_gelu", F.quick_gelu, x => x / (1 + Math.Exp(-1.702 * x)) },
        { "relu", F.relu, x => Math.Max(x, 0) },
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_Float32_EqualsItsFormula(string name, Func<Tensor, Tensor> operation, Func<double, double> formula)
    {
        using var scope = new TensorTestScope();

        Numbers.Near(Input.Select(value => formula(value)), operation(torch.tensor(Input)), 2e-6);
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Linear_WithAndWithoutBias_MultipliesByTransposedWeight()
    {
        using var scope = new TensorTestScope();
        float[] weight = [1, 2, 3, 4, 5, 6];

        var input = torch.tensor([1f, 0.5f, -1f], [1, 3]);

        Assert.Equal([-1f, 0.5f], F.linear(input, torch.tensor(weight, [2, 3])).ToSingleArray());
        Assert.Equal([9f, 20.5f], F.linear(input, torch.tensor(weight, [2, 3]), torch.tensor([10f, 20f])).ToSingleArray());
    }

    [Fact]
    public void Embedding_Rows_AreLookedUp()
    {
        using var scope = new TensorTestScope();

        var result = F.embedding(torch.tensor([2L, 0, 2, 1], [2, 2]), torch.arange(6).view(3, 2));

        Assert.Equal([2, 2, 2], result.shape.ToArray());
        Assert.Equal([4L, 5, 0, 1, 4, 5, 2, 3], result.ToArray<long>());
    }

    [Fact]
    public void LayerNorm_Rows_EqualItsFormula()
    {
        using var scope = new TensorTestScope();
        var expected = Input.Chunk(8).SelectMany(row =>
        {
            var mean = row.Average(value => (double)value);
            var scale = 1 / Math.Sqrt(row.Average(value => Math.Pow(value - mean, 2)) + 1e-6);
            return row.Select((value, i) => ((value - mean) * scale * Weight[i]) + 0.25);
        });

        var input = torch.tensor(Input, [3, 8]);

        Numbers.Near(expected, F.layer_norm(input, torch.tensor(Weight), torch.full([8], 0.25), 1e-6), 1e-5);
        Assert.Equal(0, F.layer_norm(input, null, null).mean().ToDouble(), 1e-6);
    }

    [Fact]
    public void RmsNorm_Float32_EqualsItsFormula()
    {
        using var scope = new TensorTestScope();

        var result = F.rms_norm(torch.tensor(Input, [3, 8]), torch.tensor(Weight), 1e-6);

        Numbers.Near(RmsNorm(Input, Weight), result, 1e-6);
    }

    [Fact]
    public void RmsNorm_BFloat16_RoundsBeforeTheWeightAsLlama()
    {
        using var scope = new TensorTestScope();
        var input = torch.tensor(Input, [3, 8], ScalarType.BFloat16);
        var weight = torch.tensor(Weight, dtype: ScalarType.BFloat16);
        var ones = Enumerable.Repeat(1f, 8).ToArray();
        var normal = RmsNorm(input.ToSingleArray(), ones).Select(value => (float)value).ToArray();

        var expected = torch.tensor(normal, [3, 8]).to(ScalarType.BFloat16).mul(weight);

        Assert.Equal(expected.ToSingleArray(), F.rms_norm(input, weight, 1e-6).ToSingleArray());
    }

    [Fact]
    public void Conv2d_StrideAndPadding_SlideTheFilter()
    {
        using var scope = new TensorTestScope();
        var input = torch.arange(16, ScalarType.Float32).view(1, 1, 4, 4);
        var filter = torch.ones([1, 1, 2, 2]);

        Assert.Equal([10f, 18, 42, 50], F.conv2d(input, filter, stride: 2).ToSingleArray());
        Assert.Equal([1f, 4, 4, 13, 31, 19, 13, 28, 16],
            F.conv2d(input, filter, torch.ones([1]), stride: 2, padding: 1).ToSingleArray());
    }

    [Fact]
    public void Conv2d_BFloat16_EqualsFloat32Rounded()
    {
        using var scope = new TensorTestScope();
        var input = torch.randn([1, 3, 8, 8], ScalarType.BFloat16);
        var filter = torch.randn([4, 3, 4, 4], ScalarType.BFloat16);

        var result = F.conv2d(input, filter, stride: 4);

        var exact = F.conv2d(input.to(ScalarType.Float32), filter.to(ScalarType.Float32), stride: 4);
        Assert.Equal(ScalarType.BFloat16, result.dtype);
        Assert.True(result.to(ScalarType.Float32).allclose(exact, rtol: 1.0 / 128, atol: 1e-2));
    }

    [Fact]
    public void Losses_KnownDistributions_EqualTheirFormulas()
    {
        using var scope = new TensorTestScope();
        var logits = torch.tensor([1f, 2f, 3f, 1f, 0f, 0f], [2, 3]);
        var expected = -(Math.Log(Math.Exp(2) / (Math.E + Math.Exp(2) + Math.Exp(3))) + Math.Log(Math.E / (Math.E + 2))) / 2;

        Assert.Equal(expected, F.cross_entropy(logits, torch.tensor([1L, 0])).ToDouble(), 1e-5);
        var target = torch.tensor([0.5f, 0.5f]);
        var input = torch.tensor([0.25f, 0.75f]).log();
        Assert.Equal((0.5 * Math.Log(2)) + (0.5 * Math.Log(2.0 / 3)), F.kl_div(input, target).ToDouble(), 1e-6);
    }

    [Fact]
    public void ScaledDotProductAttention_OldLibtorch_SaysWhatItNeeds()
    {
        using var scope = new TensorTestScope();
        var states = torch.ones([1, 2, 4, 8]);

        if (torch.HasScaledDotProductAttention)
        {
            Assert.True(F.scaled_dot_product_attention(states, states, states).allclose(states));
            return;
        }

        var error = Assert.Throws<TorchException>(() => F.scaled_dot_product_attention(states, states, states));
        Assert.Contains("needs libtorch 2.1 or newer", error.Message, StringComparison.Ordinal);
    }

    private static double[] RmsNorm(float[] input, float[] weight)
        => [.. input.Chunk(weight.Length).SelectMany(row =>
        {
            var scale = 1 / Math.Sqrt(row.Average(value => (double)value * value) + 1e-6);
            return row.Select((value, i) => value * scale * weight[i]);
        })];

    // Maclaurin series; converges for the small arguments used here.
    private static double Erf(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < 60; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
