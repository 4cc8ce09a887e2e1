namespace Fovea.ServiceDefaults.Security;

/// <summary>What the bearer of a client certificate may do; an item of <c>Security:Clients</c>.</summary>
public sealed class ClientRule
{
    /// <summary>Which certificates it is for: <c>dns:</c>, <c>uri:</c> or <c>cn:</c> and a name in which <c>*</c> stands for any text.</summary>
    public string Match { get; set; } = string.Empty;

    /// <summary>The roles, separated by commas.</summary>
    public string Roles { get; set; } = string.Empty;

    /// <summary>The tenant for which the bearer calls.</summary>
    /// <value>Default empty: none.</value>
    public string Tenant { get; set; } = string.Empty;
}
