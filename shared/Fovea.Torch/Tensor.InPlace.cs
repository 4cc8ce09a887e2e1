using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Arithmetic that changes this tensor.</content>
public sealed partial class Tensor
{
    /// <summary>Adds another tensor in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor add_(Tensor other) => Done(ft_add_(Handle, other.Handle), other);

    /// <summary>Adds a number in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor add_(double other) => Done(ft_add__double(Handle, other));

    /// <summary>Adds a whole number in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor add_(long other) => Done(ft_add__long(Handle, other));

    /// <summary>Subtracts another tensor in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor sub_(Tensor other) => Done(ft_sub_(Handle, other.Handle), other);

    /// <summary>Subtracts a number in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor sub_(double other) => Done(ft_sub__double(Handle, other));

    /// <summary>Subtracts a whole number in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor sub_(long other) => Done(ft_sub__long(Handle, other));

    /// <summary>Multiplies by another tensor in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor mul_(Tensor other) => Done(ft_mul_(Handle, other.Handle), other);

    /// <summary>Multiplies by a number in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor mul_(double other) => Done(ft_mul__double(Handle, other));

    /// <summary>Multiplies by a whole number in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor mul_(long other) => Done(ft_mul__long(Handle, other));

    /// <summary>Divides by another tensor in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor div_(Tensor other) => Done(ft_div_(Handle, other.Handle), other);

    /// <summary>Divides by a number in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor div_(double other) => Done(ft_div__double(Handle, other));

    /// <summary>Divides by a whole number in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor div_(long other) => Done(ft_div__long(Handle, other));

    /// <summary>Adds another tensor times a factor in place.</summary>
    /// <returns>This tensor.</returns>
    public Tensor add_(Tensor other, double alpha) => Done(ft_add_scaled_(Handle, other.Handle, alpha), other);
}
