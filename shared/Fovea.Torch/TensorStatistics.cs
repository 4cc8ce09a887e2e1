using System.Runtime.InteropServices;
using Fovea.Torch.Interop;

namespace Fovea.Torch;

/// <summary>Counts native tensor handles of the whole process, as the native library sees them.</summary>
/// <param name="Live">Handles not yet released.</param>
/// <param name="Peak">Largest number live at once since the start or <see cref="ResetPeak"/>.</param>
/// <param name="Created">Handles ever made.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TensorStatistics(long Live, long Peak, long Created)
{
    /// <summary>Reads the counters now.</summary>
    public static TensorStatistics Read() => new(NativeApi.ft_live_count(), NativeApi.ft_peak_count(), NativeApi.ft_created_count());

    /// <summary>Sets the peak to what is live now.</summary>
    public static void ResetPeak() => NativeApi.ft_reset_peak();
}
