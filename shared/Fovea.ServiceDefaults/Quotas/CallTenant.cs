using Grpc.Core;

namespace Fovea.ServiceDefaults.Quotas;

/// <summary>The tenant of one call, with its quota.</summary>
public sealed class CallTenant
{
    /// <summary>The metadata key by which a caller names its tenant.</summary>
    public const string MetadataKey = "fovea-tenant";

    private static readonly object StateKey = typeof(CallTenant);

    private readonly TenantQuotas? _quotas;

    /// <summary>Names the tenant of a call.</summary>
    /// <param name="name">The tenant; empty for none.</param>
    /// <param name="quotas">Accounts for what it uses; null for no limit.</param>
    internal CallTenant(string name, TenantQuotas? quotas)
    {
        Name = name;
        _quotas = quotas;
    }

    /// <summary>The tenant; empty for none.</summary>
    public string Name { get; }

    /// <summary>
    /// The tenant of this call: what its credentials say. Callers that are not authenticated, and those in the role admin, name it
    /// themselves by metadata.
    /// </summary>
    public static CallTenant Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.UserState.TryGetValue(StateKey, out var found)
            ? (CallTenant)found
            : new CallTenant(context.RequestHeaders.GetValue(MetadataKey) ?? string.Empty, null);
    }

    /// <summary>Spends vision tokens of the tenant.</summary>
    /// <exception cref="QuotaExceededException">The tenant has none left.</exception>
    public void SpendVisionTokens(int tokens) => _quotas?.SpendVisionTokens(Name, tokens);

    /// <summary>Leaves the tenant where handlers find it.</summary>
    internal void AttachTo(ServerCallContext context) => context.UserState[StateKey] = this;
}
