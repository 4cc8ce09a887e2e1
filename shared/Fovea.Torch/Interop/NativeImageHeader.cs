using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

/// <summary>Mirrors the C struct <c>fovea::Header</c>.</summary>
/// <param name="Format">1 PNG, 2 JPEG, 3 WebP.</param>
/// <param name="Width">Pixels across, upright.</param>
/// <param name="Height">Pixels down, upright.</param>
/// <param name="Bands">Channels in the file.</param>
/// <param name="Pages">Frames in the file.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NativeImageHeader(int Format, int Width, int Height, int Bands, int Pages, int Orientation);
