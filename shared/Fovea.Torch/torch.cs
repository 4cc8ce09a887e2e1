using Fovea.Torch.Interop;

namespace Fovea.Torch;

/// <summary>Gathers the functions of libtorch under the names that PyTorch and TorchSharp give them.</summary>
public static partial class torch
{
    /// <summary>Gets the processor.</summary>
    public static Device CPU => new(DeviceType.CPU);

    /// <summary>Gets the first CUDA device.</summary>
    public static Device CUDA => new(DeviceType.CUDA);

    /// <summary>Gets the version of libtorch that the native library was built with.</summary>
    public static string Version => System.Runtime.InteropServices.Marshal.PtrToStringUTF8(NativeApi.ft_version()) ?? "";

    /// <summary>Gets whether <c>scaled_dot_product_attention</c> is there: libtorch 2.1 and newer.</summary>
    public static bool HasScaledDotProductAttention => NativeApi.ft_has_sdpa() != 0;

    /// <summary>Gets whether bf16 matrix products are fast on the CPU, which takes AVX-512; elsewhere they are computed in fp32 and rounded.</summary>
    /// <remarks>Where this is false, fp32 weights are faster than bf16 ones on the CPU, and take twice the memory.</remarks>
    public static bool HasFastBFloat16OnCpu => NativeApi.ft_has_fast_bf16() != 0;

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <exception cref="FormatException">The text is none of them.</exception>
    public static Device device(string text) => Device.Parse(text);

    /// <summary>Opens a scope that owns the tensors made on this thread until it is disposed.</summary>
    public static TensorScope NewDisposeScope() => new();

    /// <summary>Enters inference mode on this thread until the result is disposed.</summary>
    public static InferenceMode inference_mode() => new();

    /// <summary>Sets the number of threads of one operation, of OpenMP and of OpenBLAS.</summary>
    public static void set_num_threads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        TorchException.ThrowIfFailed(NativeApi.ft_set_num_threads(threads));
    }

    /// <summary>Gives the number of threads of one operation.</summary>
    public static int get_num_threads() => NativeApi.ft_get_num_threads();

    /// <summary>Gives the number of threads of OpenBLAS, or null when another BLAS is in use.</summary>
    public static int? get_blas_threads() => NativeApi.ft_blas_threads() is var threads and >= 0 ? threads : null;

    /// <summary>Seeds the default random generators.</summary>
    public static void manual_seed(long seed) => TorchException.ThrowIfFailed(NativeApi.ft_manual_seed(seed));

    /// <summary>Keeps freed memory in the process, which saves 8 to 11 % of a prefill on the CPU; false when the allocator refuses.</summary>
    /// <param name="keepBytes">Blocks below this size come from the heap, and this much of a free heap is kept.</param>
    /// <param name="padBytes">How much more the heap grows each time.</param>
    public static bool tune_malloc(long keepBytes = 1L << 30, long padBytes = 1L << 28)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keepBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keepBytes, int.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegative(padBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padBytes, int.MaxValue);
        return NativeApi.ft_tune_malloc(keepBytes, padBytes) != 0;
    }
}
