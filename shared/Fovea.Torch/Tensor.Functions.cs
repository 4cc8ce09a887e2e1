using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Functions of each element.</content>
public sealed partial class Tensor
{
    /// <summary>Gives the negative of every element.</summary>
    public Tensor neg() => Wrap(ft_neg(Handle), this);

    /// <summary>Gives the square root of every element.</summary>
    public Tensor sqrt() => Wrap(ft_sqrt(Handle), this);

    /// <summary>Gives one over the square root of every element.</summary>
    public Tensor rsqrt() => Wrap(ft_rsqrt(Handle), this);

    /// <summary>Gives the square of every element.</summary>
    public Tensor square() => Wrap(ft_square(Handle), this);

    /// <summary>Gives e to the power of every element.</summary>
    public Tensor exp() => Wrap(ft_exp(Handle), this);

    /// <summary>Gives the natural logarithm of every element.</summary>
    public Tensor log() => Wrap(ft_log(Handle), this);

    /// <summary>Gives the sine of every element.</summary>
    public Tensor sin() => Wrap(ft_sin(Handle), this);

    /// <summary>Gives the cosine of every element.</summary>
    public Tensor cos() => Wrap(ft_cos(Handle), this);

    /// <summary>Gives the hyperbolic tangent of every element.</summary>
    public Tensor tanh() => Wrap(ft_tanh(Handle), this);

    /// <summary>Gives 1 / (1 + exp(-x)) of every element.</summary>
    public Tensor sigmoid() => Wrap(ft_sigmoid(Handle), this);

    /// <summary>Gives the absolute value of every element.</summary>
    public Tensor abs() => Wrap(ft_abs(Handle), this);

    /// <summary>Rounds every element down.</summary>
    public Tensor floor() => Wrap(ft_floor(Handle), this);

    /// <summary>Rounds every element to the nearest integer, halves to even.</summary>
    public Tensor round() => Wrap(ft_round(Handle), this);

    /// <summary>Tells which elements are not a number.</summary>
    public Tensor isnan() => Wrap(ft_isnan(Handle), this);

    /// <summary>Negates every element in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor neg_() => Done(ft_neg_(Handle));

    /// <summary>Raises e to every element in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor exp_() => Done(ft_exp_(Handle));

    /// <summary>Takes the square root of every element in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor sqrt_() => Done(ft_sqrt_(Handle));

    /// <summary>Takes one over the square root of every element in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor rsqrt_() => Done(ft_rsqrt_(Handle));

    /// <summary>Takes the logistic function of every element in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor sigmoid_() => Done(ft_sigmoid_(Handle));

    /// <summary>Bounds every element from both sides.</summary>
    public Tensor clamp(double min, double max) => Wrap(ft_clamp_double(Handle, min, max), this);

    /// <summary>Bounds every element from both sides.</summary>
    public Tensor clamp(long min, long max) => Wrap(ft_clamp_long(Handle, min, max), this);

    /// <summary>Bounds every element from below.</summary>
    public Tensor clamp_min(double min) => Wrap(ft_clamp_min_double(Handle, min), this);

    /// <summary>Bounds every element from below.</summary>
    public Tensor clamp_min(long min) => Wrap(ft_clamp_min_long(Handle, min), this);

    /// <summary>Bounds every element from above.</summary>
    public Tensor clamp_max(double max) => Wrap(ft_clamp_max_double(Handle, max), this);

    /// <summary>Bounds every element from above.</summary>
    public Tensor clamp_max(long max) => Wrap(ft_clamp_max_long(Handle, max), this);
}
