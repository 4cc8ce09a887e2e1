namespace Fovea.Executor.Canaries;

/// <summary>An answer of a canary that waits to be compared with the full model's.</summary>
/// <param name="Served">The answer.</param>
/// <param name="Arm">The canary.</param>
internal sealed record ShadowJob(ServedAnswer Served, ArmKey Arm)
{
    /// <summary>Bytes of the image files that it holds.</summary>
    public long Bytes { get; } = Served.Request.Images.Sum(image => (long)image.Data.Length);
}
