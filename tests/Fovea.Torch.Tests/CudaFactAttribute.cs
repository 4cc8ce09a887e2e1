namespace Fovea.Torch.Tests;

/// <summary>Marks a test that needs a CUDA device; without one it is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CudaFactAttribute : FactAttribute
{
    /// <summary>Asks libtorch once per test for a device.</summary>
    public CudaFactAttribute()
    {
        if (!torch.cuda.is_available())
        {
            Skip = $"libtorch {torch.Version} sees no CUDA device on this machine.";
        }
    }
}
