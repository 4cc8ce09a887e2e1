using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

/// <summary>Registers <see cref="NativeLoader"/> before the first native call can happen.</summary>
internal static class NativeInitializer
{
    /// <summary>Runs once when the assembly is loaded; touches no native library itself.</summary>
#pragma warning disable CA2255 // The resolver must stand before any entry point of this library is used, whichever comes first.
    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeInitializer).Assembly, NativeLoader.Resolve);
#pragma warning restore CA2255
}
