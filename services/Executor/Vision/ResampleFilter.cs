namespace Fovea.Executor.Vision;

/// <summary>Filters of Pillow's resize, with Pillow's numbers, which preprocessor configurations use.</summary>
internal enum ResampleFilter
{
    /// <summary>Lanczos with three lobes.</summary>
    Lanczos = 1,

    /// <summary>The triangle.</summary>
    Bilinear = 2,

    /// <summary>Keys' cubic with a = -0.5.</summary>
    Bicubic = 3,
}
