namespace Fovea.ServiceDefaults.Health;

/// <summary>Whether a service takes calls.</summary>
public enum HealthStatus
{
    /// <summary>It does not, or not yet.</summary>
    NotServing,

    /// <summary>It does.</summary>
    Serving,
}
