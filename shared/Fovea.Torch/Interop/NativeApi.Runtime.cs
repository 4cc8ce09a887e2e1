using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>version</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_version();

    /// <summary>Calls <c>set_num_threads</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_set_num_threads(int threads);

    /// <summary>Calls <c>get_num_threads</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_get_num_threads();

    /// <summary>Calls <c>blas_threads</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_blas_threads();

    /// <summary>Calls <c>manual_seed</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_manual_seed(long seed);

    /// <summary>Calls <c>inference_mode_enter</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_inference_mode_enter();

    /// <summary>Calls <c>inference_mode_exit</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial void ft_inference_mode_exit(nint mode);

    /// <summary>Calls <c>inference_mode_enabled</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_inference_mode_enabled();

    /// <summary>Calls <c>tune_malloc</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_tune_malloc(long keepBytes, long padBytes);

    /// <summary>Calls <c>cuda_is_available</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_cuda_is_available();

    /// <summary>Calls <c>cuda_device_count</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_cuda_device_count();

    /// <summary>Calls <c>cuda_synchronize</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_cuda_synchronize(int deviceIndex);

    /// <summary>Calls <c>cuda_memory</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_cuda_memory(int deviceIndex, out long freeBytes, out long totalBytes);
}
