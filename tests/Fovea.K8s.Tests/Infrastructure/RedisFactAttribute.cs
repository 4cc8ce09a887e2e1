namespace Fovea.K8s.Tests.Infrastructure;

/// <summary>Marks a test that needs what <see cref="Missing.ForRedis"/> tells of; without it, it is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    /// <summary>Asks once for each test.</summary>
    public RedisFactAttribute() => Skip = Missing.ForRedis;
}
