namespace Fovea.ServiceDefaults.Quotas;

/// <summary>What tenants may use; bound from the configuration section <c>Quotas</c>. The section itself is for every tenant that is not named.</summary>
public sealed class QuotaOptions : QuotaLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Quotas";

    /// <summary>The limits of tenants by name, each whole: nothing is taken over from the section.</summary>
    public IDictionary<string, QuotaLimits> Tenants { get; } = new Dictionary<string, QuotaLimits>(StringComparer.Ordinal);

    /// <summary>The tenants that are accounted for one by one at a time; all others share one account.</summary>
    /// <value>Default 1,000; 1 to 1,000,000.</value>
    public int MaxTenants { get; set; } = 1000;
}
