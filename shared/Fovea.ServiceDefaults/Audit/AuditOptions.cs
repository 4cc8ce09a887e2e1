namespace Fovea.ServiceDefaults.Audit;

/// <summary>Where the audit log goes beside the log; bound from the configuration section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>The file to which each record is appended as one line of JSON.</summary>
    /// <value>Default empty: none.</value>
    public string File { get; set; } = string.Empty;
}
