using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Matrix products.</content>
public sealed partial class Tensor
{
    /// <summary>Multiplies matrices, leading dimensions broadcast.</summary>
    /// <param name="other">[..., k, m] for this of [..., n, k].</param>
    public Tensor matmul(Tensor other) => Wrap(ft_matmul(Handle, other.Handle), this, other);

    /// <summary>Multiplies two matrices.</summary>
    /// <param name="other">[k, m] for this of [n, k].</param>
    public Tensor mm(Tensor other) => Wrap(ft_mm(Handle, other.Handle), this, other);

    /// <summary>Multiplies two batches of matrices.</summary>
    /// <param name="other">[B, k, m] for this of [B, n, k].</param>
    public Tensor bmm(Tensor other) => Wrap(ft_bmm(Handle, other.Handle), this, other);

    /// <summary>Gives beta this + alpha (mat1 mat2).</summary>
    public Tensor addmm(Tensor mat1, Tensor mat2, double beta = 1, double alpha = 1)
        => Wrap(ft_addmm(Handle, mat1.Handle, mat2.Handle, beta, alpha), this, mat1, mat2);

    /// <summary>Gives beta this + alpha (batch1 batch2) for batches; with beta 0 this tensor only lends its type.</summary>
    public Tensor baddbmm(Tensor batch1, Tensor batch2, double beta = 1, double alpha = 1)
        => Wrap(ft_baddbmm(Handle, batch1.Handle, batch2.Handle, beta, alpha), this, batch1, batch2);

    /// <summary>Becomes the product of two tensors, in the memory it has.</summary>
    /// <returns>This tensor.</returns>
    internal Tensor BecomeMatmul(Tensor left, Tensor right) => Become(ft_matmul_out(Handle, left.Handle, right.Handle), left, right);

    /// <summary>Becomes the product of two batches, in the memory it has.</summary>
    /// <returns>This tensor.</returns>
    internal Tensor BecomeBmm(Tensor left, Tensor right) => Become(ft_bmm_out(Handle, left.Handle, right.Handle), left, right);

    /// <summary>Becomes the named places of another tensor, in the memory it has.</summary>
    /// <returns>This tensor.</returns>
    internal Tensor BecomeIndexSelect(Tensor source, long dim, Tensor index)
        => Become(ft_index_select_out(Handle, source.Handle, dim, index.Handle), source, index);

    // libtorch resizes an output of another shape, so what was read of the shape is void.
    private Tensor Become(int status, Tensor first, Tensor second)
    {
        _shape = null;
        return Done(status, first, second);
    }
}
