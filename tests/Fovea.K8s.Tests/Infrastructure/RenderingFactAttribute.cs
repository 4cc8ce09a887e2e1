namespace Fovea.K8s.Tests.Infrastructure;

/// <summary>Marks a test that needs what <see cref="Missing.ForRendering"/> tells of; without it, it is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RenderingFactAttribute : FactAttribute
{
    /// <summary>Asks once for each test.</summary>
    public RenderingFactAttribute() => Skip = Missing.ForRendering;
}
