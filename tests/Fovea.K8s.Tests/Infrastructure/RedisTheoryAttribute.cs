namespace Fovea.K8s.Tests.Infrastructure;

/// <summary>Marks a theory that needs what <see cref="Missing.ForRedis"/> tells of; without it, it is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisTheoryAttribute : TheoryAttribute
{
    /// <summary>Asks once for each test.</summary>
    public RedisTheoryAttribute() => Skip = Missing.ForRedis;
}
