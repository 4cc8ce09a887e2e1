namespace Fovea.Executor.Runtime;

/// <summary>One preprocessed image: float32 values of shape [3, Height, Width], row-major.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">Normalised values, 3 x Height x Width of them.</param>
internal sealed record PixelValues(int Height, int Width, float[] Values);
