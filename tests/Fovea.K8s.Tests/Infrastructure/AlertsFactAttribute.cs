namespace Fovea.K8s.Tests.Infrastructure;

/// <summary>Marks a test that needs what <see cref="Missing.ForAlerts"/> tells of; without it, it is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlertsFactAttribute : FactAttribute
{
    /// <summary>Asks once for each test.</summary>
    public AlertsFactAttribute() => Skip = Missing.ForAlerts;
}
