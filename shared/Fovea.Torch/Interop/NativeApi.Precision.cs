using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>has_fast_bf16</c> of the runtime.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_has_fast_bf16();
}
