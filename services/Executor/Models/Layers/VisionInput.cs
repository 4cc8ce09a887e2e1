using System.Runtime.InteropServices;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>One preprocessed image on the device.</summary>
/// <param name="Pixels">Of the shape of its <see cref="PixelValues"/>, in the encoder's data type.</param>
/// <param name="Grid">How the patches lie in the image, where the shape does not say.</param>
/// <param name="OriginalSize">Size before preprocessing, for families whose vision tokens depend on it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VisionInput(Tensor Pixels, PatchGrid? Grid, ImageSize? OriginalSize);
