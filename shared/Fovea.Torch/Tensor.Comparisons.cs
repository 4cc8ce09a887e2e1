using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Comparison and logic.</content>
public sealed partial class Tensor
{
    /// <summary>Tells which elements equal, broadcast.</summary>
    public Tensor eq(Tensor other) => Wrap(ft_eq(Handle, other.Handle), this, other);

    /// <summary>Tells which elements equal against a number.</summary>
    public Tensor eq(double other) => Wrap(ft_eq_double(Handle, other), this);

    /// <summary>Tells which elements equal against a whole number.</summary>
    public Tensor eq(long other) => Wrap(ft_eq_long(Handle, other), this);

    /// <summary>Tells which elements differ, broadcast.</summary>
    public Tensor ne(Tensor other) => Wrap(ft_ne(Handle, other.Handle), this, other);

    /// <summary>Tells which elements differ against a number.</summary>
    public Tensor ne(double other) => Wrap(ft_ne_double(Handle, other), this);

    /// <summary>Tells which elements differ against a whole number.</summary>
    public Tensor ne(long other) => Wrap(ft_ne_long(Handle, other), this);

    /// <summary>Tells which elements are less, broadcast.</summary>
    public Tensor lt(Tensor other) => Wrap(ft_lt(Handle, other.Handle), this, other);

    /// <summary>Tells which elements are less against a number.</summary>
    public Tensor lt(double other) => Wrap(ft_lt_double(Handle, other), this);

    /// <summary>Tells which elements are less against a whole number.</summary>
    public Tensor lt(long other) => Wrap(ft_lt_long(Handle, other), this);

    /// <summary>Tells which elements are less or equal, broadcast.</summary>
    public Tensor le(Tensor other) => Wrap(ft_le(Handle, other.Handle), this, other);

    /// <summary>Tells which elements are less or equal against a number.</summary>
    public Tensor le(double other) => Wrap(ft_le_double(Handle, other), this);

    /// <summary>Tells which elements are less or equal against a whole number.</summary>
    public Tensor le(long other) => Wrap(ft_le_long(Handle, other), this);

    /// <summary>Tells which elements are greater, broadcast.</summary>
    public Tensor gt(Tensor other) => Wrap(ft_gt(Handle, other.Handle), this, other);

    /// <summary>Tells which elements are greater against a number.</summary>
    public Tensor gt(double other) => Wrap(ft_gt_double(Handle, other), this);

    /// <summary>Tells which elements are greater against a whole number.</summary>
    public Tensor gt(long other) => Wrap(ft_gt_long(Handle, other), this);

    /// <summary>Tells which elements are greater or equal, broadcast.</summary>
    public Tensor ge(Tensor other) => Wrap(ft_ge(Handle, other.Handle), this, other);

    /// <summary>Tells which elements are greater or equal against a number.</summary>
    public Tensor ge(double other) => Wrap(ft_ge_double(Handle, other), this);

    /// <summary>Tells which elements are greater or equal against a whole number.</summary>
    public Tensor ge(long other) => Wrap(ft_ge_long(Handle, other), this);

    /// <summary>Tells where both are true.</summary>
    public Tensor logical_and(Tensor other) => Wrap(ft_logical_and(Handle, other.Handle), this, other);

    /// <summary>Tells where one is true.</summary>
    public Tensor logical_or(Tensor other) => Wrap(ft_logical_or(Handle, other.Handle), this, other);

    /// <summary>Tells where it is not true.</summary>
    public Tensor logical_not() => Wrap(ft_logical_not(Handle), this);

    /// <summary>Tells whether shapes and all elements are equal.</summary>
    public bool equal(Tensor other)
    {
        Done(ft_equal(Handle, other.Handle, out var result), other);
        return result != 0;
    }

    /// <summary>Tells whether every |a - b| is at most atol + rtol |b|.</summary>
    public bool allclose(Tensor other, double rtol = 1e-5, double atol = 1e-8)
    {
        Done(ft_allclose(Handle, other.Handle, rtol, atol, out var result), other);
        return result != 0;
    }
}
