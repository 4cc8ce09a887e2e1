namespace Fovea.Executor.Vision;

/// <summary>Normalized pixels.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Data">[3, Height, Width], row-major.</param>
internal sealed record PixelValues(int Width, int Height, float[] Data);
