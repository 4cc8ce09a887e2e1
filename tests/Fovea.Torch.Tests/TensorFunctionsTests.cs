namespace Fovea.Torch.Tests;

public sealed class TensorFunctionsTests
{
    private static readonly float[] Input = Numbers.Positive(40, seed: 3);

    public static TheoryData<string, Func<Tensor, Tensor>, Func<double, double>> Functions => new()
    {
        { "neg", a => a.neg(), a => -a },
        { "minus", a => -a, a => -a },
        { "sqrt", a => a.sqrt(), Math.Sqrt },
        { "rsqrt", a => a.rsqrt(), a => 1 / Math.Sqrt(a) },
        { "square", a => a.square(), a => a * a },
        { "exp", a => a.exp(), Math.Exp },
        { "log", a => a.log(), Math.Log },
        { "sin", a => a.sin(), Math.Sin },
        { "cos", a => a.cos(), Math.Cos },
        { "tanh", a => a.tanh(), Math.Tanh },
        { "sigmoid", a => a.sigmoid(), a => 1 / (1 + Math.Exp(-a)) },
        { "abs", a => a.neg().abs(), a => a },
        { "floor", a => a.mul(3.0).floor(), a => Math.Floor(a * 3) },
        { "round", a => a.round(), a => Math.Round(a, MidpointRounding.ToEven) },
        { "neg_", a => a.clone().neg_(), a => -a },
        { "exp_", a => a.clone().exp_(), Math.Exp },
        { "sqrt_", a => a.clone().sqrt_(), Math.Sqrt },
        { "rsqrt_", a => a.clone().rsqrt_(), a => 1 / Math.Sqrt(a) },
        { "sigmoid_", a => a.clone().sigmoid_(), a => 1 / (1 + Math.Exp(-a)) },
        { "clamp", a => a.clamp(0.3, 0.9), a => Math.Clamp(a, 0.3, 0.9) },
        { "clamp long", a => a.clamp(1, 2), a => Math.Clamp(a, 1, 2) },
        { "clamp_min", a => a.clamp_min(0.5), a => Math.Max(a, 0.5) },
        { "clamp_min long", a => a.clamp_min(1), a => Math.Max(a, 1) },
        { "clamp_max", a => a.clamp_max(0.5), a => Math.Min(a, 0.5) },
        { "clamp_max long", a => a.clamp_max(1), a => Math.Min(a, 1) },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_Float32_EqualsPlainArithmetic(string name, Func<Tensor, Tensor> operation, Func<double, double> plain)
    {
        using var scope = new TensorTestScope();

        Numbers.Near(Input.Select(value => plain(value)), operation(torch.tensor(Input)), 2e-5);
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Isnan_OneOfThree_IsFound()
    {
        using var scope = new TensorTestScope();

        Assert.Equal([false, true, false], torch.tensor([1f, float.NaN, float.PositiveInfinity]).isnan().ToArray<bool>());
    }

    [Fact]
    public void Clamp_Indices_StayIntegers()
    {
        using var scope = new TensorTestScope();

        Assert.Equal([0L, 3, 5], torch.tensor([-4L, 3, 9]).clamp(0, 5).ToArray<long>());
    }
}
