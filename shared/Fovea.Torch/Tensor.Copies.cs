using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Conversion, copies and filling.</content>
public sealed partial class Tensor
{
    /// <summary>Gives a second tensor over the same memory, with an owner of its own.</summary>
    public Tensor alias() => Wrap(ft_alias(Handle), this);

    /// <summary>Converts the elements; the same memory when they are of that type already.</summary>
    public Tensor to(ScalarType type) => Wrap(ft_to_dtype(Handle, (int)type), this);

    /// <summary>Moves the elements; the same memory when they are there already.</summary>
    /// <param name="device">Where to.</param>
    /// <param name="non_blocking">Whether a copy from pinned memory may still run when this returns.</param>
    public Tensor to(Device device, bool non_blocking = false) => to(dtype, device, non_blocking);

    /// <summary>Converts and moves the elements; the same memory when nothing changes.</summary>
    /// <param name="type">Type to have.</param>
    /// <param name="device">Where to.</param>
    /// <param name="non_blocking">Whether a copy from pinned memory may still run when this returns.</param>
    public Tensor to(ScalarType type, Device device, bool non_blocking = false)
        => Wrap(ft_to(Handle, (int)type, (int)device.Type, device.NativeIndex, non_blocking ? 1 : 0), this);

    /// <summary>Moves the elements to the processor.</summary>
    public Tensor cpu() => to(torch.CPU);

    /// <summary>Copies the elements to memory of their own.</summary>
    public Tensor clone() => Wrap(ft_clone(Handle), this);

    /// <summary>Gives the elements without gaps: the same memory when there are none.</summary>
    public Tensor contiguous() => Wrap(ft_contiguous(Handle), this);

    /// <summary>Replaces the elements by those of another tensor, converted and broadcast.</summary>
    /// <returns>This tensor.</returns>
    public Tensor copy_(Tensor source, bool non_blocking = false) => Done(ft_copy_(Handle, source.Handle, non_blocking ? 1 : 0), source);

    /// <summary>Sets every element.</summary>
    /// <returns>This tensor.</returns>
    public Tensor fill_(double value) => Done(ft_fill_double_(Handle, value));

    /// <summary>Sets every element.</summary>
    /// <returns>This tensor.</returns>
    public Tensor fill_(long value) => Done(ft_fill_long_(Handle, value));

    /// <summary>Sets every element to zero.</summary>
    /// <returns>This tensor.</returns>
    public Tensor zero_() => Done(ft_zero_(Handle));
}
