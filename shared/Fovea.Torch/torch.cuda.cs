using Fovea.Torch.Interop;

namespace Fovea.Torch;

/// <content>CUDA devices.</content>
public static partial class torch
{
    /// <summary>Asks about and waits for CUDA devices.</summary>
    public static class cuda
    {
        /// <summary>Tells whether libtorch can use a CUDA device.</summary>
        public static bool is_available() => NativeApi.ft_cuda_is_available() != 0;

        /// <summary>Counts the CUDA devices.</summary>
        public static int device_count() => NativeApi.ft_cuda_device_count();

        /// <summary>Waits until a device has done all its work; the current one for -1.</summary>
        public static void synchronize(int device_index = -1) => TorchException.ThrowIfFailed(NativeApi.ft_cuda_synchronize(device_index));

        /// <summary>Gives the free and the total bytes of a device's memory.</summary>
        /// <exception cref="TorchException">There is no such device.</exception>
        public static (long free, long total) mem_get_info(int device_index = 0)
        {
            TorchException.ThrowIfFailed(NativeApi.ft_cuda_memory(device_index, out var free, out var total));
            return (free, total);
        }
    }
}
