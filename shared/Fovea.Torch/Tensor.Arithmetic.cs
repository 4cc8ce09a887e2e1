using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Arithmetic that gives a new tensor.</content>
public sealed partial class Tensor
{
    /// <summary>Adds another tensor, broadcast.</summary>
    public Tensor add(Tensor other) => Wrap(ft_add(Handle, other.Handle), this, other);

    /// <summary>Adds a number; integers become floating point.</summary>
    public Tensor add(double other) => Wrap(ft_add_double(Handle, other), this);

    /// <summary>Adds a whole number; integers stay integers.</summary>
    public Tensor add(long other) => Wrap(ft_add_long(Handle, other), this);

    /// <summary>Subtracts another tensor, broadcast.</summary>
    public Tensor sub(Tensor other) => Wrap(ft_sub(Handle, other.Handle), this, other);

    /// <summary>Subtracts a number; integers become floating point.</summary>
    public Tensor sub(double other) => Wrap(ft_sub_double(Handle, other), this);

    /// <summary>Subtracts a whole number; integers stay integers.</summary>
    public Tensor sub(long other) => Wrap(ft_sub_long(Handle, other), this);

    /// <summary>Multiplies by another tensor, broadcast.</summary>
    public Tensor mul(Tensor other) => Wrap(ft_mul(Handle, other.Handle), this, other);

    /// <summary>Multiplies by a number; integers become floating point.</summary>
    public Tensor mul(double other) => Wrap(ft_mul_double(Handle, other), this);

    /// <summary>Multiplies by a whole number; integers stay integers.</summary>
    public Tensor mul(long other) => Wrap(ft_mul_long(Handle, other), this);

    /// <summary>Divides by another tensor, broadcast.</summary>
    public Tensor div(Tensor other) => Wrap(ft_div(Handle, other.Handle), this, other);

    /// <summary>Divides by a number; integers become floating point.</summary>
    public Tensor div(double other) => Wrap(ft_div_double(Handle, other), this);

    /// <summary>Divides by a whole number; the result is floating point.</summary>
    public Tensor div(long other) => Wrap(ft_div_long(Handle, other), this);

    /// <summary>Adds another tensor times a factor.</summary>
    public Tensor add(Tensor other, double alpha) => Wrap(ft_add_scaled(Handle, other.Handle, alpha), this, other);

    /// <summary>Raises to the powers of another tensor, broadcast.</summary>
    public Tensor pow(Tensor exponent) => Wrap(ft_pow(Handle, exponent.Handle), this, exponent);

    /// <summary>Raises to a power.</summary>
    public Tensor pow(double exponent) => Wrap(ft_pow_double(Handle, exponent), this);

    /// <summary>Raises to a whole power; integers stay integers.</summary>
    public Tensor pow(long exponent) => Wrap(ft_pow_long(Handle, exponent), this);

    /// <summary>Gives the remainder, with the sign of the divisor.</summary>
    public Tensor remainder(double other) => Wrap(ft_remainder_double(Handle, other), this);

    /// <summary>Gives the remainder, with the sign of the divisor.</summary>
    public Tensor remainder(long other) => Wrap(ft_remainder_long(Handle, other), this);

    /// <summary>Divides by a whole number and rounds down; integers stay integers.</summary>
    public Tensor floor_divide(long other) => Wrap(ft_floor_divide(Handle, other), this);

    /// <summary>Gives the larger of each two elements, broadcast.</summary>
    public Tensor maximum(Tensor other) => Wrap(ft_maximum(Handle, other.Handle), this, other);

    /// <summary>Gives the smaller of each two elements, broadcast.</summary>
    public Tensor minimum(Tensor other) => Wrap(ft_minimum(Handle, other.Handle), this, other);
}
