using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>matmul</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_matmul(nint self, nint other);

    /// <summary>Calls <c>mm</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_mm(nint self, nint other);

    /// <summary>Calls <c>bmm</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_bmm(nint self, nint other);

    /// <summary>Calls <c>addmm</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_addmm(nint self, nint mat1, nint mat2, double beta, double alpha);

    /// <summary>Calls <c>baddbmm</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_baddbmm(nint self, nint batch1, nint batch2, double beta, double alpha);

    /// <summary>Calls <c>matmul_out</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_matmul_out(nint result, nint self, nint other);

    /// <summary>Calls <c>bmm_out</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_bmm_out(nint result, nint self, nint other);

    /// <summary>Calls <c>einsum</c>.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ft_einsum(string equation, ReadOnlySpan<nint> tensors, int count);
}
