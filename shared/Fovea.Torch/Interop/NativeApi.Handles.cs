using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

/// <summary>Declares the C functions of libfovea_torch, one file per C++ file; each fails by a null handle or a negative status.</summary>
internal static partial class NativeApi
{
    private const string Library = NativeLoader.TorchLibrary;

    /// <summary>Points to the message of the last failing call of this thread.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_last_error();

    /// <summary>Releases a handle.</summary>
    [LibraryImport(Library)]
    internal static partial void ft_free(nint self);

    /// <summary>Counts the handles not released yet.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ft_live_count();

    /// <summary>Gives the largest count of live handles.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ft_peak_count();

    /// <summary>Counts the handles ever given out.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ft_created_count();

    /// <summary>Sets the peak to the live count.</summary>
    [LibraryImport(Library)]
    internal static partial void ft_reset_peak();
}
