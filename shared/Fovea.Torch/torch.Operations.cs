using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Operations on several tensors.</content>
public static partial class torch
{
    /// <summary>Joins tensors along one of their dimensions.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0)
    {
        var handles = Tensor.HandlesOf(tensors!, new nint[tensors.Length]);
        var result = Tensor.Wrap(ft_cat(handles, handles.Length, dim));
        Tensor.KeepAlive(tensors!);
        return result;
    }

    /// <summary>Joins tensors of one shape along a new dimension.</summary>
    public static Tensor stack(ReadOnlySpan<Tensor> tensors, long dim = 0)
    {
        var handles = Tensor.HandlesOf(tensors!, new nint[tensors.Length]);
        var result = Tensor.Wrap(ft_stack(handles, handles.Length, dim));
        Tensor.KeepAlive(tensors!);
        return result;
    }

    /// <summary>Sums products over named dimensions, such as <c>bik,bkj-&gt;bij</c>.</summary>
    public static Tensor einsum(string equation, params ReadOnlySpan<Tensor> tensors)
    {
        var handles = Tensor.HandlesOf(tensors!, new nint[tensors.Length]);
        var result = Tensor.Wrap(ft_einsum(equation, handles, handles.Length));
        Tensor.KeepAlive(tensors!);
        return result;
    }

    /// <summary>Takes each element from one tensor where the condition is true, from another where not, broadcast.</summary>
    public static Tensor where(Tensor condition, Tensor input, Tensor other)
        => Tensor.Wrap(ft_where(condition.Handle, input.Handle, other.Handle), condition, input, other);

    /// <summary>Multiplies matrices, leading dimensions broadcast.</summary>
    public static Tensor matmul(Tensor left, Tensor right) => left.matmul(right);

    /// <summary>Gives the larger of each two elements, broadcast.</summary>
    public static Tensor maximum(Tensor left, Tensor right) => left.maximum(right);

    /// <summary>Gives the smaller of each two elements, broadcast.</summary>
    public static Tensor minimum(Tensor left, Tensor right) => left.minimum(right);

    /// <summary>Tells whether every |a - b| is at most atol + rtol |b|.</summary>
    public static bool allclose(Tensor left, Tensor right, double rtol = 1e-5, double atol = 1e-8) => left.allclose(right, rtol, atol);

    /// <summary>Multiplies matrices into the memory of <paramref name="result"/>.</summary>
    /// <returns>The result.</returns>
    public static Tensor matmul_out(Tensor result, Tensor left, Tensor right) => result.BecomeMatmul(left, right);

    /// <summary>Multiplies batches of matrices into the memory of <paramref name="result"/>.</summary>
    /// <returns>The result.</returns>
    public static Tensor bmm_out(Tensor result, Tensor left, Tensor right) => result.BecomeBmm(left, right);

    /// <summary>Copies the places of one dimension that an index names into the memory of <paramref name="result"/>.</summary>
    /// <returns>The result.</returns>
    public static Tensor index_select_out(Tensor result, Tensor source, long dim, Tensor index) => result.BecomeIndexSelect(source, dim, index);
}
